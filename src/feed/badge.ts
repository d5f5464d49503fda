import type { Condition } from './condition.ts'
import { escapeXml } from './escape-xml.ts'

const MESSAGES: Record<Condition, { message: string; color: string; fill: string }> = {
  ok: { message: 'no outage reported', color: 'brightgreen', fill: '#2f7d32' },
  suspected: { message: 'reports are up', color: 'yellow', fill: '#8a6100' },
  down: { message: 'outage reported', color: 'red', fill: '#b3261e' },
  'too-little-history': { message: 'not known: too few reports', color: 'lightgrey', fill: '#5f6368' },
  unwatched: { message: 'not known: not watched now', color: 'lightgrey', fill: '#5f6368' },
}

/** The endpoint shape of shields.io, for those who draw their badges there. */
export function shieldsBadge(label: string, condition: Condition) {
  const { message, color } = MESSAGES[condition]
  return { schemaVersion: 1, label, message, color, cacheSeconds: 60 }
}

const HEIGHT = 20
const PADDING = 6

/** A badge in the usual measure; text on each colour has a contrast of at least 4.5. */
export function drawBadge(label: string, condition: Condition): string {
  const { message, fill } = MESSAGES[condition]
  const short = label.length > 40 ? `${label.slice(0, 39)}…` : label
  const left = textWidth(short) + 2 * PADDING
  const right = textWidth(message) + 2 * PADDING
  const width = left + right
  const text = (words: string, x: number, length: number) =>
    `<text x="${x}" y="14" textLength="${length - 2 * PADDING}">${escapeXml(words)}</text>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${HEIGHT}" role="img" aria-label="${escapeXml(`${short}: ${message}`)}">
<title>${escapeXml(`${short}: ${message}`)}</title>
<clipPath id="r"><rect width="${width}" height="${HEIGHT}" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="${HEIGHT}" fill="#3c4043"/><rect x="${left}" width="${right}" height="${HEIGHT}" fill="${fill}"/></g>
<g fill="#fff" font-family="Verdana,DejaVu Sans,Geneva,sans-serif" font-size="11">${text(short, PADDING, left)}${text(message, left + PADDING, right)}</g>
</svg>
`
}

/** About how wide Verdana sets a text at 11 px; the browser stretches it to this exactly. */
function textWidth(text: string): number {
  let width = 0
  for (const character of text)
    width += /[ijlI.,:;'|! ]/.test(character)
      ? 4
      : /[mwMW@%—…]/.test(character)
        ? 10.5
        : /[A-Z]/.test(character)
          ? 7.8
          : 6.8
  return Math.round(width)
}

import { escaped, short } from '../charts/markup.ts'
import { type Look, PICTURE_COLOURS, pictureStyle } from './picture-style.ts'

/** What a picture says around its drawing. */
export interface PictureText {
  title: string
  subtitle: string
  /** Lines at the foot: source, moment of the numbers, address. */
  foot: string[]
  /** Arabic pictures are set from the right. */
  direction: 'ltr' | 'rtl'
}

const MARGIN = 32
const TITLE = { size: 26, line: 33 }
const SUBTITLE_LINE = 22
const FOOT_LINE = 19
/** Widest a letter of Inter is on average, as a share of its size; wide scripts take one whole. */
const LETTER = 0.56

/** Breaks a text into lines of a width in pixels, at spaces, or anywhere in scripts without them. */
export function wrapped(text: string, width: number, size: number): string[] {
  const lines: string[] = []
  let line = ''
  let used = 0
  for (const word of text.match(/[\u3000-\u9fff\uff00-\uffef]|[^\s\u3000-\u9fff\uff00-\uffef]+\s*/g) ?? []) {
    const length = [...word].reduce((sum, letter) => sum + size * (letter > '\u2fff' ? 1 : LETTER), 0)
    if (line !== '' && used + length > width) {
      lines.push(line.trimEnd())
      line = ''
      used = 0
    }
    line += word
    used += length
  }
  return line === '' ? lines : [...lines, line.trimEnd()]
}

/** Width that a drawing inside a picture has. */
export const drawingWidth = (width: number) => width - 2 * MARGIN

/**
 * A drawing with title, subtitle and source burned in: it can be copied anywhere and still says what it shows.
 *
 * @param drawing an SVG element of its own `width` and `height` attributes, in user units
 */
export function drawPicture(
  drawing: { svg: string; height: number },
  text: PictureText,
  look: Look,
  width: number,
): string {
  const inner = drawingWidth(width)
  const start = text.direction === 'rtl' ? width - MARGIN : MARGIN
  const titles = wrapped(text.title, inner, TITLE.size)
  const subtitles = wrapped(text.subtitle, inner, 15)
  const feet = text.foot.flatMap((line) => wrapped(line, inner, 13))
  let y = MARGIN
  const parts: string[] = []
  const put = (className: string, line: string, step: number) => {
    y += step
    parts.push(`<text class="${className}" x="${start}" y="${short(y - step * 0.25)}">${escaped(line)}</text>`)
  }
  for (const line of titles) put('title', line, TITLE.line)
  for (const line of subtitles) put('subtitle', line, SUBTITLE_LINE)
  y += 12
  parts.push(`<g transform="translate(${MARGIN} ${short(y)})">${drawing.svg}</g>`)
  y += drawing.height + 12
  parts.push(`<path class="rule" d="M${MARGIN} ${short(y)}H${width - MARGIN}"/>`)
  y += 6
  for (const line of feet) put('foot', line, FOOT_LINE)
  const height = Math.ceil(y + MARGIN * 0.6)
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" direction="${text.direction}" role="img">` +
    `<title>${escaped(text.title)}</title><desc>${escaped([text.subtitle, ...text.foot].join(' '))}</desc>` +
    `<style>${pictureStyle(look)}</style><rect width="${width}" height="${height}" fill="${PICTURE_COLOURS[look].paper}"/>` +
    `${parts.join('')}</svg>`
  )
}

export interface SharePicture {
  title: string
  lead: string
  /** A drawing without words, 1136 by 200; `null` for none. */
  drawing: string | null
  foot: string
  direction: 'ltr' | 'rtl'
}

export const SHARE_SIZE = { width: 1200, height: 630 }

/** The picture that a link is shown with elsewhere (Open Graph): the finding in large letters over its line. */
export function drawSharePicture({ title, lead, drawing, foot, direction }: SharePicture): string {
  const { width, height } = SHARE_SIZE
  const start = direction === 'rtl' ? width - MARGIN : MARGIN
  const titles = wrapped(title, width - 2 * MARGIN, 56).slice(0, 3)
  const lines = titles.map(
    (line, index) => `<text class="og-title" x="${start}" y="${150 + index * 68}">${escaped(line)}</text>`,
  )
  const leads = wrapped(lead, width - 2 * MARGIN, 28)
    .slice(0, 2)
    .map(
      (line, index) =>
        `<text class="og-lead" x="${start}" y="${150 + titles.length * 68 + index * 38}">${escaped(line)}</text>`,
    )
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" direction="${direction}" role="img">` +
    `<title>${escaped(title)}</title><style>${pictureStyle('light')}</style>` +
    `<rect width="${width}" height="${height}" fill="${PICTURE_COLOURS.light.paper}"/>` +
    `<text class="brand" x="${start}" y="64">outcry</text>${lines.join('')}${leads.join('')}` +
    `${drawing === null ? '' : `<g transform="translate(${MARGIN} 372)">${drawing}</g>`}` +
    `<text class="og-lead" x="${start}" y="${height - 22}">${escaped(foot)}</text></svg>`
  )
}

import type { ProviderUpdate } from '../incident/incident.ts'
import type { ErrorType } from '../report/error-type.ts'
import { MINUTE } from '../time.ts'

/** An outage of the demo world: it grows, stays and fades. */
export interface Outage {
  service: string
  startMs: number
  /** Until the most reports come, until the repair, and until the last echo; each from the start. */
  peakMs: number
  fixedMs: number
  endMs: number
  /** Reports a minute at the peak. */
  perMinute: number
  errorTypes: readonly (readonly [ErrorType, number])[]
  /** Countries and subdivisions, and how hard each is hit. */
  regions: readonly (readonly [string, number])[]
  provider: readonly (Omit<ProviderUpdate, 'at'> & { afterMs: number })[]
}

/** Reports a minute: an S-shaped rise, a plateau, an exponential fall once it is repaired. */
export function outageRate({ startMs, peakMs, fixedMs, endMs, perMinute }: Outage, atMs: number): number {
  const since = atMs - startMs
  if (since < 0 || since > endMs) return 0
  const rise = Math.min(1, since / peakMs)
  const level = perMinute * rise * rise * (3 - 2 * rise)
  if (since <= fixedMs) return level
  return level * Math.exp((-4 * (since - fixedMs)) / (endMs - fixedMs))
}

/** The outage of Exchange Online that the demo shows: some twenty minutes, divided by `speed`. */
export function exchangeOutage(startMs: number, speed: number): Outage {
  const after = (minutes: number) => (minutes * MINUTE) / speed
  return {
    service: 'exchange-online',
    startMs,
    peakMs: after(3),
    fixedMs: after(14),
    endMs: after(21),
    perMinute: 60 * Math.sqrt(speed),
    errorTypes: [
      ['unavailable', 46],
      ['timeout', 31],
      ['login', 18],
      ['slow', 5],
    ],
    regions: [
      ['US-TX', 22], ['US-CA', 15], ['US-IL', 9], ['US-NY', 7], ['US', 14], ['GB-ENG', 12], ['DE-NW', 7], ['DE-BY', 5], ['NL', 4], ['FR', 3], ['CA', 4],
    ], // biome-ignore format: a table
    provider: [
      {
        afterMs: after(6),
        status: 'investigating',
        text: "We're investigating an issue in which users may be unable to access their mailboxes.",
        sourceUrl: 'https://status.cloud.microsoft/',
        cause: null,
        workaround: null,
      },
      {
        afterMs: after(11),
        status: 'identified',
        text: 'A recent change to a part of the authentication infrastructure causes the impact. We are reverting it.',
        sourceUrl: 'https://status.cloud.microsoft/',
        cause: 'A recent change to the authentication infrastructure',
        workaround: 'The desktop program keeps working with mail that it already has.',
      },
      {
        afterMs: after(17),
        status: 'resolved',
        text: 'The change is reverted, and service has recovered.',
        sourceUrl: 'https://status.cloud.microsoft/',
        cause: 'A recent change to the authentication infrastructure',
        workaround: null,
      },
    ],
  }
}

const past = (
  service: string,
  startMs: number,
  minutes: number,
  perMinute: number,
  errorTypes: Outage['errorTypes'],
  regions: Outage['regions'],
): Outage => ({
  service,
  startMs,
  peakMs: Math.min(12, minutes / 4) * MINUTE,
  fixedMs: minutes * 0.8 * MINUTE,
  endMs: minutes * 1.15 * MINUTE,
  perMinute,
  errorTypes,
  regions,
  provider: [],
})

const WORLD: Outage['regions'] = [
  ['US', 36], ['GB', 13], ['DE', 11], ['FR', 8], ['CA', 6], ['IN', 6], ['BR', 5], ['AU', 5], ['NL', 4], ['ES', 3], ['IT', 3],
] // biome-ignore format: a table

/** What went wrong in the weeks before. @param nowMs the end of the history */
export function pastOutages(nowMs: number): Outage[] {
  const ago = (days: number, hours = 0) => Math.floor((nowMs - (days * 24 + hours) * 60 * MINUTE) / MINUTE) * MINUTE
  return [
    past('whatsapp', ago(33, 4), 95, 60, [['connection', 70], ['feature', 20], ['other', 10]], WORLD),
    past('vodafone-germany', ago(26, 7), 210, 9, [['connection', 88], ['slow', 12]], [['DE-NW', 55], ['DE-HE', 30], ['DE-RP', 15]]),
    past('github', ago(19, 9), 75, 8, [['unavailable', 80], ['timeout', 20]], WORLD),
    past('xfinity', ago(16, 3), 160, 14, [['connection', 92], ['other', 8]], [['US-IL', 60], ['US-IN', 25], ['US-WI', 15]]),
    past('playstation-network', ago(12, 6), 320, 18, [['login', 85], ['connection', 15]], WORLD),
    past('chatgpt', ago(8, 5), 70, 26, [['unavailable', 60], ['slow', 40]], WORLD),
    past('exchange-online', ago(5, 11), 130, 15, [['login', 55], ['unavailable', 45]], [['GB', 40], ['DE', 30], ['FR', 20], ['NL', 10]]),
    past('spotify', ago(2, 8), 55, 14, [['connection', 60], ['login', 40]], WORLD),
  ] // biome-ignore format: a table
}

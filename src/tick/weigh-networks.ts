import { MIX_ALARM_AT, type MixShift, shareEvidence } from '../detection/error-mix.ts'
import { type NetworkPart, networkPart } from '../detection/localise.ts'
import { isDiverse, isDiverseOfType } from '../detection/network-diversity.ts'
import { isDueAnew } from '../incident/advance-spike.ts'
import type { Spike } from '../incident/spike.ts'
import type { Run } from '../storage/database.ts'
import { DAY, MINUTE } from '../time.ts'
import { type NetworkCounts, networksSince, networkUsually } from './network-queries.ts'
import { LEAST_SHIFT, type SeriesKey } from './series.ts'

/** A series that stands out, with its reporters since its rise began and what was foreseen for a quarter of an hour. */
export interface RisenSeries {
  key: SeriesKey
  text: string
  current: Spike | null
  fromMs: number
  reporters: number
  expected: number
  /** The error type whose share rose; `null` where the volume did. */
  shift: MixShift | null
}

export interface NetworkFacts {
  /** Distinct networks since the rise began. */
  networks: number
  isDiverse: boolean
  /** The network behind most of the reports; `null` where what it usually has is not known. */
  largest: NetworkPart | null
}

/** Fewer reports from the largest network, or in the day before, say nothing of a part. */
const FEWEST_OF_NETWORK = 5
const FEWEST_USUALLY = 5

/**
 * Which networks a rise comes from, by the text of its series. Diversity decides whether a spike is confirmed; afterwards it is
 * looked at again only when the spike is told anew.
 */
export async function weighNetworks(
  run: Run,
  risen: readonly RisenSeries[],
  nowMs: number,
): Promise<Map<string, NetworkFacts>> {
  const now = new Date(nowMs)
  const asked = risen.filter(({ current }) => current?.status !== 'open' || isDueAnew(current, now))
  const counts = await networksSince(
    run,
    asked.map(({ key, fromMs, shift }) => ({ key, fromMs, errorType: shift?.errorType ?? null })),
  )
  const telling = asked.flatMap((one, n) => {
    const { largest } = counts[n]!
    const isKnown = largest !== null && largest.reporters >= FEWEST_OF_NETWORK && keepsItsName(largest.key, one, nowMs)
    return isKnown ? [{ ...one, network: largest.key }] : []
  })
  const usually = await networkUsually(run, telling)
  const usualOf = new Map(telling.map(({ text }, n) => [text, usually[n]!]))
  return new Map(
    asked.map(({ text, fromMs, reporters, expected, shift }, n) => {
      const heard = counts[n]!
      const { networks, ofType } = heard
      const usual = usualOf.get(text)
      const minutes = Math.max(1, (nowMs - fromMs) / MINUTE)
      // Of a long rise only its first reports are looked at; what was foreseen is cut alike.
      const foreseen = ((expected / 15) * minutes * heard.reporters) / Math.max(heard.reporters, reporters)
      const part =
        usual === undefined || usual.reporters < FEWEST_USUALLY
          ? null
          : networkPart({ observed: heard.reporters, expected: foreseen }, heard.largest!.reporters, usual)
      // The mix counts people, so a shift must hold by the weight of their networks as well.
      const isFromMany =
        shift === null
          ? isDiverse(networks, heard.reporters, heard.widerNetworks)
          : isShiftByWeight(ofType, shift) && isDiverseOfType(heard, ofType, shift.usualShare)
      return [text, { networks, isDiverse: isFromMany, largest: part }]
    }),
  )
}

function isShiftByWeight({ weight, weightOfAll }: NetworkCounts['ofType'], { usualShare }: MixShift): boolean {
  const isLarge = weight / weightOfAll - usualShare >= LEAST_SHIFT
  return isLarge && shareEvidence(weight, weightOfAll, usualShare) >= MIX_ALARM_AT
}

/** Prefixes are known under the name of a day (UTC): at midnight each becomes another one, systems do not. */
function keepsItsName(key: string, { fromMs }: { fromMs: number }, nowMs: number): boolean {
  return key.startsWith('AS') || Math.floor(fromMs / DAY) === Math.floor(nowMs / DAY)
}

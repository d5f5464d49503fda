import { Detector } from '../detection/detector.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { groupBy } from './group-by.ts'
import { gapsSince } from './position-queries.ts'
import {
  advanceSeries,
  beginSeries,
  type LiveSeries,
  type MinuteCount,
  type QuarterExpectation,
  type SeriesKey,
  type SeriesMix,
  seriesOptions,
} from './series.ts'
import { type Checkpoint, checkpointsOf, minutesOf } from './series-queries.ts'
import { type KeptSeries, type TickMemory, textOf } from './tick-memory.ts'

/** Minutes that a tick takes in anew at most; what is left comes in the next ticks. */
const CATCH_UP_MINUTES = 150_000

export interface KnownService {
  id: number
  slug: string
  category: string
  countries: string[]
  dependsOn: string[]
}

export interface LoadedSeries {
  series: KeptSeries[]
  /** Of the minutes taken in while loading. */
  expectations: { key: SeriesKey; expectation: QuarterExpectation }[]
}

/** A series as its checkpoint left it, or at its very beginning. */
export function seriesFrom(checkpoint: Checkpoint, countries: readonly string[]): LiveSeries {
  const { key, prior, state, mix, carry, begunMs, advancedMs } = checkpoint
  const options = seriesOptions(key.scope, countries, prior)
  const detector = state === '' ? null : Detector.deserialise(state, options)
  if (detector === null) return beginSeries(key, options, begunMs)
  const known: SeriesMix | null = mix === null ? null : JSON.parse(mix)
  return { key, options, detector, mix: known, carry, advancedMs, quarterMs: Number.NEGATIVE_INFINITY }
}

/** Takes series from memory, and those that are not there from their checkpoints and the minutes since. */
export async function loadSeries(
  run: Run,
  memory: TickMemory,
  keys: readonly SeriesKey[],
  services: ReadonlyMap<number, KnownService>,
  finalMs: number,
): Promise<LoadedSeries> {
  const warm: KeptSeries[] = []
  const cold: SeriesKey[] = []
  for (const key of keys) {
    const kept = memory.get(key)
    if (kept) warm.push(kept)
    else cold.push(key)
  }
  const woken = await wakeSeries(run, await checkpointsOf(run, cold), services, finalMs)
  for (const series of woken.series) memory.put(series)
  return { series: [...warm, ...woken.series], expectations: woken.expectations }
}

/** Brings checkpoints up to the final minutes, the least work first, up to what a tick may spend. */
export async function wakeSeries(
  run: Run,
  checkpoints: readonly Checkpoint[],
  services: ReadonlyMap<number, KnownService>,
  finalMs: number,
): Promise<LoadedSeries> {
  const candidates: LiveSeries[] = []
  for (const checkpoint of checkpoints) {
    const service = services.get(checkpoint.key.serviceId)
    if (service) candidates.push(seriesFrom(checkpoint, service.countries))
  }
  candidates.sort((a, b) => b.advancedMs - a.advancedMs)
  let minutesLeft = CATCH_UP_MINUTES
  const chosen = candidates.filter((series, n) => {
    minutesLeft -= (finalMs - series.advancedMs) / MINUTE
    return n === 0 || minutesLeft >= 0
  })
  if (chosen.length === 0) return { series: [], expectations: [] }

  const fromMs = Math.min(...chosen.map(({ advancedMs }) => advancedMs))
  const gaps = await gapsSince(run, fromMs)
  const wanted = chosen.map(({ key, advancedMs }) => ({ key, fromMs: advancedMs }))
  const minutes = groupBySeries(await minutesOf(run, wanted, finalMs))
  const expectations: LoadedSeries['expectations'] = []
  const series = chosen.map((live): KeptSeries => {
    const checkpointMs = live.advancedMs
    for (const expectation of advanceSeries(live, minutes.get(textOf(live.key)) ?? [], gaps, finalMs))
      expectations.push({ key: live.key, expectation })
    return { ...live, checkpointMs, isActive: false, peakNats: 0 }
  })
  return { series, expectations }
}

export function groupBySeries(rows: readonly (MinuteCount & { key: SeriesKey })[]): Map<string, MinuteCount[]> {
  return groupBy(rows, ({ key }) => textOf(key))
}

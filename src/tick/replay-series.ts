import type { Verdict, VerdictLevel } from '../detection/detector.ts'
import { listSpikes } from '../incident/queries.ts'
import type { Spike } from '../incident/spike.ts'
import { type Scope, WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { DAY, MINUTE } from '../time.ts'
import { servicesById } from './fact-queries.ts'
import { groupBySeries, seriesFrom } from './load-series.ts'
import { gapsSince } from './position-queries.ts'
import { advanceSeries, type MinuteCount, type SeriesKey, type Span } from './series.ts'
import { checkpointsOf, hiddenMinutesOf, minutesOf } from './series-queries.ts'
import { textOf } from './tick-memory.ts'

export interface ReplayedMinute {
  atMs: number
  /** Weighted reporters of the minute, before rounding to whole ones. */
  count: number
  verdict: Verdict
}

/** From the highest. */
const RISING: VerdictLevel[] = ['open', 'suspected']

/** Minutes are read in stretches of this length. */
const STRETCH_MS = 28 * DAY

/**
 * Lives a series again from its first counted minute, and gives the verdicts of a span: the same counts in, the same verdicts
 * out. Minutes of a gap have none.
 *
 * @param withHidden counts reports too that were hidden since, as was done live
 * @returns `null` for a series that has no counts
 */
export async function replaySeries(
  run: Run,
  key: SeriesKey,
  span: Span,
  { withHidden = false }: { withHidden?: boolean } = {},
): Promise<ReplayedMinute[] | null> {
  const [checkpoint] = await checkpointsOf(run, [key])
  const service = (await servicesById(run, [key.serviceId])).get(key.serviceId)
  if (checkpoint === undefined || service === undefined) return null
  const fresh = { ...checkpoint, state: '', mix: null, carry: 0, advancedMs: checkpoint.begunMs }
  const series = seriesFrom(fresh, service.countries)
  const gaps = await gapsSince(run, checkpoint.begunMs)
  const minutesBefore = async (fromMs: number, untilMs: number) =>
    minutesOfSeries(run, key, { fromMs, untilMs }, withHidden)

  for (let atMs = checkpoint.begunMs; atMs < span.fromMs; atMs += STRETCH_MS) {
    const untilMs = Math.min(atMs + STRETCH_MS, span.fromMs)
    advanceSeries(series, await minutesBefore(atMs, untilMs), gaps, untilMs)
  }
  const byMinute = new Map<number, MinuteCount>()
  const firstMs = Math.max(span.fromMs, checkpoint.begunMs)
  for (const minute of await minutesBefore(firstMs, span.untilMs)) byMinute.set(minute.atMs, minute)
  const replayed: ReplayedMinute[] = []
  for (let atMs = firstMs; atMs < span.untilMs; atMs += MINUTE) {
    const minute = byMinute.get(atMs)
    advanceSeries(series, minute ? [minute] : [], gaps, atMs + MINUTE)
    const isGap = gaps.some((gap) => gap.fromMs <= atMs && atMs < gap.untilMs)
    if (isGap && minute === undefined) continue
    replayed.push({ atMs, count: (minute?.weight ?? 0) / 1000, verdict: series.detector.peek() })
  }
  return replayed
}

/**
 * When the stored minutes of a series begin, where that is after its beginning: history that was imported by the quarter of an hour,
 * or moved without its minutes, taught the series what no replay can learn. `null` where all are there.
 */
export async function minutesMissingUntil(run: Run, { serviceId, scope }: SeriesKey): Promise<Date | null> {
  const [row] = await run<{ first: number }>(
    `select (extract(epoch from first.bucket) * 1000)::float8 as first from series_state s
     cross join lateral (select bucket from counts_1m c where c.service_id = s.service_id and c.region = s.region and c.weight > 0
       order by bucket limit 1) first
     where s.service_id = $1 and s.region = $2 and s.begun_at < first.bucket`,
    [serviceId, scope],
  )
  return row ? new Date(row.first) : null
}

async function minutesOfSeries(
  run: Run,
  key: SeriesKey,
  { fromMs, untilMs }: Span,
  withHidden: boolean,
): Promise<MinuteCount[]> {
  const minutes = groupBySeries(await minutesOf(run, [{ key, fromMs }], untilMs)).get(textOf(key)) ?? []
  if (!withHidden) return minutes
  const byMinute = new Map(minutes.map((minute) => [minute.atMs, minute]))
  for (const { atMs, weight, types } of await hiddenMinutesOf(run, key, { fromMs, untilMs })) {
    const shown = byMinute.get(atMs)
    byMinute.set(atMs, {
      atMs,
      weight: weight + (shown?.weight ?? 0),
      types: types?.map((people, n) => people + (shown?.types?.[n] ?? 0)) ?? null,
    })
  }
  return [...byMinute.values()].sort((a, b) => a.atMs - b.atMs)
}

export interface HiddenSince {
  reports: number
  /** The first and the last minute that held one. */
  fromMs: number
  lastMs: number
  /** When reports of the series were last hidden. */
  hiddenAt: Date
}

/** What was hidden of a series' live reports before an instant: verdicts that were told with them come out otherwise. */
export async function hiddenSince(run: Run, key: SeriesKey, untilMs: number): Promise<HiddenSince | null> {
  const [row] = await run<{ reports: number; first: number | null; last: number; hidden: number }>(
    `select sum(reporters)::float8 as reports, (extract(epoch from min(bucket)) * 1000)::float8 as first,
       (extract(epoch from max(bucket)) * 1000)::float8 as last, (extract(epoch from max(hidden_at)) * 1000)::float8 as hidden
     from hidden_counts_1m where service_id = $1 and region = $2 and bucket < to_timestamp($3::float8 / 1000) and reporters > 0`,
    [key.serviceId, key.scope, untilMs],
  )
  if (row === undefined || row.first === null) return null
  return { reports: row.reports, fromMs: row.first, lastMs: row.last, hiddenAt: new Date(row.hidden) }
}

export interface Comparison {
  spike: Spike
  /**
   * Highest level of the replay in the minute in which the spike opened and the two before it. Where it is not `open`, the minute
   * said more in its first seconds than as a whole, or another method told the spike.
   */
  level: VerdictLevel
}

/** Spikes that were told live in the span, each with what the replay says of it. */
export async function compareWithLive(
  run: Run,
  service: string,
  scope: Scope,
  span: Span,
  replayed: readonly ReplayedMinute[],
): Promise<Comparison[]> {
  const told = await listSpikes(run, {
    service,
    region: scope === WORLD ? null : scope,
    status: 'all',
    since: new Date(span.fromMs),
    after: null,
    limit: 500,
  })
  return told
    .filter(({ cause, region, openedAt }) => {
      const isOfSeries = cause === 'volume' && region === (scope === WORLD ? null : scope)
      return isOfSeries && openedAt.getTime() >= span.fromMs && openedAt.getTime() < span.untilMs
    })
    .map((spike) => {
      // An alarm comes with the minute under way, or some seconds after it became final.
      const openedMs = Math.floor(spike.openedAt.getTime() / MINUTE) * MINUTE
      const minutes = replayed.filter(({ atMs }) => atMs >= openedMs - 2 * MINUTE && atMs <= openedMs)
      const levels = minutes.map(({ verdict }) => verdict.level)
      return { spike, level: RISING.find((level) => levels.includes(level)) ?? 'quiet' }
    })
}

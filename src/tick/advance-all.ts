import type { Verdict } from '../detection/detector.ts'
import { levelOf } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { withBreaths } from './breathe.ts'
import { servicesById } from './fact-queries.ts'
import { groupBySeries, type KnownService, loadSeries } from './load-series.ts'
import { gapsSince } from './position-queries.ts'
import { beginWithPriors } from './priors.ts'
import { advanceSeries, peekAhead, QUARTER, type QuarterExpectation, type SeriesKey } from './series.ts'
import { activeSeries, minutesBetween, subdivisionsWithNews } from './series-queries.ts'
import { type KeptSeries, type TickMemory, textOf } from './tick-memory.ts'

/** Evidence in a service's worldwide or a country's series from which its subdivisions are looked into. */
const LOOK_CLOSER_NATS = 3

export interface JudgedSeries {
  series: KeptSeries
  verdict: Verdict
}

export interface Advanced {
  judged: JudgedSeries[]
  services: Map<number, KnownService>
  expectations: { key: SeriesKey; expectation: QuarterExpectation }[]
}

/**
 * Takes in what is new since the watermark and judges every series that it concerns. Worldwide and country series with news
 * are always judged; subdivisions only where their service or country shows some evidence, else their minutes wait.
 *
 * @param finalMs minutes before it will not change any more
 */
export async function advanceAll(
  run: Run,
  memory: TickMemory,
  span: { watermarkMs: number; finalMs: number; nowMs: number },
): Promise<Advanced> {
  const { watermarkMs, finalMs, nowMs } = span
  // A leader that lags behind takes in old minutes first, and says nothing on the present one.
  const isBehind = nowMs - finalMs > 5 * MINUTE
  const rows = await minutesBetween(run, { fromMs: watermarkMs, untilMs: isBehind ? finalMs : nowMs })
  const finished = groupBySeries(rows.filter(({ atMs }) => atMs < finalMs))
  const live = groupBySeries(rows.filter(({ atMs }) => atMs >= finalMs))
  const withNews = new Map(rows.map(({ key }) => [textOf(key), key]))
  const active = await activeSeries(run)
  for (const key of active) withNews.set(textOf(key), key)

  const serviceIds = [...new Set([...withNews.values()].map(({ serviceId }) => serviceId))]
  const services = await servicesById(run, serviceIds)
  const isActive = new Set(active.map(textOf))
  const noteworthy = [...withNews.values()].filter((key) => {
    const text = textOf(key)
    // Two people in a minute are the fewest that a minute under way can say something by.
    return finished.has(text) || isActive.has(text) || (live.get(text) ?? []).some(({ weight }) => weight > 1000)
  })
  const unknown = noteworthy.filter((key) => !memory.isKnown(key))
  await beginWithPriors(run, memory, unknown, services, nowMs)
  memory.nowKnown(unknown)
  const wanted = noteworthy.filter(
    (key) => levelOf(key.scope) !== 'subdivision' || isActive.has(textOf(key)) || memory.get(key) !== undefined,
  )
  const judged: JudgedSeries[] = []
  const expectations: Advanced['expectations'] = []
  const judge = async (keys: readonly SeriesKey[]) => {
    const loaded = await loadSeries(run, memory, keys, services, finalMs)
    expectations.push(...loaded.expectations)
    const gaps = await gapsSince(run, Math.min(nowMs, ...loaded.series.map(({ advancedMs }) => advancedMs)))
    for await (const [, series] of withBreaths(loaded.series)) {
      const text = textOf(series.key)
      for (const expectation of advanceSeries(series, finished.get(text) ?? [], gaps, finalMs))
        expectations.push({ key: series.key, expectation })
      series.isActive = isActive.has(text)
      judged.push({ series, verdict: peekAhead(series, live.get(text) ?? []) })
    }
  }
  await judge(wanted)

  const suspicious = judged.filter(({ verdict }) => verdict.evidenceNats >= LOOK_CLOSER_NATS)
  const closer = [...new Set(suspicious.map(({ series }) => series.key.serviceId))]
  const seen = new Set(judged.map(({ series }) => textOf(series.key)))
  const cells = await subdivisionsWithNews(run, closer, finalMs - QUARTER)
  await beginWithPriors(
    run,
    memory,
    cells.filter((key) => !memory.isKnown(key)),
    services,
    nowMs,
  )
  await judge(cells.filter((key) => !seen.has(textOf(key))))
  return { judged, services, expectations }
}

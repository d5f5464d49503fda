import { isDiverse } from '../detection/network-diversity.ts'
import type { IncidentFacts } from '../incident/advance-incident.ts'
import { scopeOf } from '../incident/advance-incident.ts'
import type { SeriesFacts } from '../incident/advance-spike.ts'
import type { Incident } from '../incident/incident.ts'
import { regionsOfExcess } from '../incident/regions-of-excess.ts'
import type { Spike } from '../incident/spike.ts'
import { type Scope, WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import type { JudgedSeries } from './advance-all.ts'
import { type CountSums, NO_COUNTS, networksSince, recentSums, sumsSince, usualOf } from './fact-queries.ts'
import type { KnownService } from './load-series.ts'
import { QUARTER, type SeriesKey } from './series.ts'
import { textOf } from './tick-memory.ts'

/** A judged series with what is to be said of it. */
export interface WeighedSeries {
  key: SeriesKey
  current: Spike | null
  facts: SeriesFacts
}

/** What the last quarter of an hour holds and usually holds, of the services in question. */
export interface Surroundings {
  recent: Map<number, Map<Scope, CountSums>>
  usual: Map<number, Map<Scope, number>>
}

export async function readSurroundings(run: Run, serviceIds: readonly number[], nowMs: number): Promise<Surroundings> {
  const recent = new Map<number, Map<Scope, CountSums>>()
  for (const { key, sums } of await recentSums(run, serviceIds, windowStart(nowMs))) {
    const ofService = recent.get(key.serviceId) ?? new Map<Scope, CountSums>()
    recent.set(key.serviceId, ofService.set(key.scope, sums))
  }
  return { recent, usual: await usualOf(run, serviceIds) }
}

/** Fifteen minutes, the one under way among them. */
const windowStart = (nowMs: number) => Math.floor(nowMs / MINUTE) * MINUTE - QUARTER + MINUTE

/** Gathers the facts for the spikes of series that stand out, and of those that did. */
export async function weighSeries(
  run: Run,
  judged: readonly JudgedSeries[],
  services: ReadonlyMap<number, KnownService>,
  spikes: ReadonlyMap<string, Spike>,
  surroundings: Surroundings,
  nowMs: number,
): Promise<WeighedSeries[]> {
  const asked = judged.map(({ series: { key }, verdict }) => {
    const current = spikes.get(textOf(key)) ?? null
    return { key, current, fromMs: current?.onsetAt.getTime() ?? verdict.onsetMs ?? nowMs }
  })
  const sums = await sumsSince(run, asked)
  // Diversity decides whether a spike is confirmed; afterwards the networks that the counts tell are enough.
  const undecided = asked.filter(({ current }) => current?.status !== 'open')
  const networks = new Map(
    (await networksSince(run, undecided)).map((counts, n) => [textOf(undecided[n]!.key), counts]),
  )
  return judged.map(({ series, verdict }, n) => {
    const { key, current } = asked[n]!
    const since = sums[n]!
    const exact = networks.get(textOf(key))
    const recent = surroundings.recent.get(key.serviceId) ?? new Map<Scope, CountSums>()
    const usual = new Map(surroundings.usual.get(key.serviceId))
    const from = windowStart(nowMs)
    const expected =
      series.detector.peek().nextMs === null ? 0 : series.detector.forecast(from, from + QUARTER).expected
    usual.set(key.scope, expected)
    const observed = new Map([...recent].map(([scope, { reporters }]) => [scope, reporters]))
    const networkCount = Math.max(since.networks, exact?.networks ?? 0)
    return {
      key,
      current,
      facts: {
        service: services.get(key.serviceId)!.slug,
        region: key.scope === WORLD ? null : key.scope,
        verdict,
        observed: recent.get(key.scope)?.reporters ?? 0,
        expected,
        ok: recent.get(key.scope)?.ok ?? 0,
        networks: networkCount,
        isDiverse: exact !== undefined && isDiverse(exact.networks, exact.reporters, exact.widerNetworks),
        errorTypes: since.errorTypes,
        regions: regionsOfExcess(key.scope, observed, usual),
      },
    }
  })
}

/** Gathers the facts for a service's incident: worldwide numbers since its onset and now. */
export async function weighServices(
  run: Run,
  asked: readonly { service: KnownService; spikes: Spike[]; incident: Incident | null }[],
  surroundings: Surroundings,
): Promise<IncidentFacts[]> {
  const sums = await sumsSince(
    run,
    asked.map(({ service, spikes, incident }) => ({
      key: { serviceId: service.id, scope: WORLD },
      fromMs: Math.min(
        ...[incident?.onsetAt, ...spikes.map(({ onsetAt }) => onsetAt)].map(
          (at) => at?.getTime() ?? Number.POSITIVE_INFINITY,
        ),
      ),
    })),
  )
  return asked.map(({ service, spikes }, n) => {
    const recent = surroundings.recent.get(service.id)
    const now = recent?.get(WORLD) ?? NO_COUNTS
    const since = sums[n]!
    const world = spikes.find((spike) => scopeOf(spike) === WORLD)
    return {
      service: service.slug,
      spikes,
      reports: since.reporters,
      okVotes: since.ok,
      networks: since.networks,
      errorTypes: since.errorTypes,
      observed: now.reporters,
      okNow: now.ok,
      expected: world?.expected ?? surroundings.usual.get(service.id)?.get(WORLD) ?? 0,
    }
  })
}

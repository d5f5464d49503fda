import { shareCost } from '../detection/budget.ts'
import { confidenceOfEvidence } from '../detection/confidence.ts'
import { OPEN_AT, type Verdict } from '../detection/detector.ts'
import { MIX_ALARM_AT } from '../detection/error-mix.ts'
import { localise, type NetworkPart, type Part, type Reach } from '../detection/localise.ts'
import { FULL_WEIGHT } from '../detection/network-diversity.ts'
import type { IncidentFacts } from '../incident/advance-incident.ts'
import { scopeOf } from '../incident/advance-incident.ts'
import { ofStandingAlarm, type SeriesFacts } from '../incident/advance-spike.ts'
import type { Incident } from '../incident/incident.ts'
import { spikesEndedSince } from '../incident/queries.ts'
import { regionsOfExcess } from '../incident/regions-of-excess.ts'
import type { Spike, SpikeCause } from '../incident/spike.ts'
import { levelOf, type Scope, WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { HOUR, MINUTE } from '../time.ts'
import type { JudgedSeries } from './advance-all.ts'
import { withBreaths } from './breathe.ts'
import { type CountSums, NO_COUNTS, recentSums, sumsSince, usualOf } from './fact-queries.ts'
import type { KnownService } from './load-series.ts'
import { gapsSince } from './position-queries.ts'
import { FINAL_AFTER_MS, QUARTER, type SeriesKey } from './series.ts'
import { minutesOf } from './series-queries.ts'
import { type KeptSeries, textOf } from './tick-memory.ts'
import { weighNetworks } from './weigh-networks.ts'

/** A series that stands out by its volume or by its mix of error types, or did until now. */
export interface RemarkableSeries {
  series: KeptSeries
  cause: SpikeCause
  verdict: Pick<Verdict, 'level' | 'score' | 'onsetMs' | 'evidenceNats'>
}

export const spikeText = (key: SeriesKey, cause: SpikeCause): string => `${textOf(key)} ${cause}`

/** A judged series with what is to be said of it. */
export interface WeighedSeries {
  key: SeriesKey
  /** What the spikes of this series and cause are kept under. */
  text: string
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

/** An error-mix spike goes on while this much evidence is left, and its error type was reported within the hour. */
const MIX_GOES_ON_AT = MIX_ALARM_AT / 2
const MIX_SILENT_MS = 60 * MINUTE

/**
 * What the mix of error types says: an alarm below the threshold of volume. `null` where the mix is usual, no spike of this
 * cause is under way, or the volume itself tells the story.
 */
export function mixVerdict({ series, verdict }: JudgedSeries, current: Spike | null, nowMs: number) {
  const { mix } = series
  if (mix === null) return null
  const { shift, atMs } = mix
  const isRecent = nowMs - atMs < MIX_SILENT_MS
  const isAlarm = shift?.isAlarm && isRecent && verdict.level === 'quiet'
  const goesOn = current !== null && shift !== null && shift.evidenceNats >= MIX_GOES_ON_AT && isRecent
  if (!isAlarm && current === null) return null
  const evidenceNats = shift?.evidenceNats ?? 0
  return {
    level: isAlarm || goesOn ? ('open' as const) : ('quiet' as const),
    evidenceNats,
    score: evidenceNats / Math.LN10,
    onsetMs: shift?.onsetMs ?? null,
  }
}

/** Gathers the facts for the spikes of series that stand out, and of those that did. */
export async function weighSeries(
  run: Run,
  remarkable: readonly RemarkableSeries[],
  services: ReadonlyMap<number, KnownService>,
  spikes: ReadonlyMap<string, Spike>,
  surroundings: Surroundings,
  nowMs: number,
): Promise<WeighedSeries[]> {
  const asked = remarkable.map(({ series: { key }, cause, verdict }) => {
    const text = spikeText(key, cause)
    const current = spikes.get(text) ?? null
    return { key, text, current, fromMs: current?.onsetAt.getTime() ?? verdict.onsetMs ?? nowMs }
  })
  const from = windowStart(nowMs)
  const expectations: number[] = []
  for await (const [, { series }] of withBreaths(remarkable)) {
    const { detector } = series
    expectations.push(detector.peek().nextMs === null ? 0 : detector.forecast(from, from + QUARTER).expected)
  }
  const sums = await sumsSince(run, asked)
  const lately = await latelyOf(
    run,
    asked.map(({ key, current }) => {
      const observed = surroundings.recent.get(key.serviceId)?.get(key.scope)?.reporters ?? 0
      const isWaning = current !== null && observed < current.peak.observed / 2
      return { key, minutes: isWaning ? WANING_MINUTES : LATELY_MINUTES }
    }),
    nowMs,
  )
  const previous = await previousOf(run, asked, services, nowMs)
  const networks = await weighNetworks(
    run,
    asked.map((one, n) => {
      const { series, cause } = remarkable[n]!
      const shift = cause === 'error-mix' ? (series.mix?.shift ?? null) : null
      return { ...one, shift, reporters: sums[n]!.reporters, expected: expectations[n]! }
    }),
    nowMs,
  )
  const weighed: WeighedSeries[] = []
  for await (const [n, { series, cause, verdict }] of withBreaths(remarkable)) {
    const { key, text, current } = asked[n]!
    const since = sums[n]!
    const exact = networks.get(text)
    const recent = surroundings.recent.get(key.serviceId) ?? new Map<Scope, CountSums>()
    const usual = new Map(surroundings.usual.get(key.serviceId))
    const expected = expectations[n]!
    usual.set(key.scope, expected)
    const observed = new Map([...recent].map(([scope, { reporters }]) => [scope, reporters]))
    const networkCount = Math.max(since.networks, exact?.networks ?? 0)
    weighed.push({
      key,
      text,
      current,
      facts: {
        service: services.get(key.serviceId)!.slug,
        region: key.scope === WORLD ? null : key.scope,
        verdict,
        observed: recent.get(key.scope)?.reporters ?? 0,
        expected,
        ok: recent.get(key.scope)?.ok ?? 0,
        cause,
        confidence: confidenceOfEvidence(verdict.evidenceNats, openAt(cause, series)),
        lately: lately.counts.get(textOf(key)) ?? [],
        latelyUntil: new Date(lately.untilMs),
        previous: ofStandingAlarm(previous.get(text) ?? null, verdict.onsetMs),
        networks: networkCount,
        isDiverse: exact?.isDiverse ?? false,
        errorTypes: since.errorTypes,
        regions: regionsOfExcess(key.scope, observed, usual),
        reach: reachOf(key.scope, observed, usual, exact?.largest ?? null),
        largestNetworkShare: exact?.largest?.share ?? null,
      },
    })
  }
  return weighed
}

/** Finished minutes that tell whether a rise goes on. */
const LATELY_MINUTES = 20
/** Finished minutes that tell since when it does not. */
const WANING_MINUTES = 60

/** The finished minutes of late, as far as somebody listened. */
async function latelyOf(
  run: Run,
  series: readonly { key: SeriesKey; minutes: number }[],
  nowMs: number,
): Promise<{ untilMs: number; counts: Map<string, number[]> }> {
  const untilMs = Math.floor((nowMs - FINAL_AFTER_MS) / MINUTE) * MINUTE
  const gaps = await gapsSince(run, untilMs - WANING_MINUTES * MINUTE)
  const heardMs = Math.min(untilMs, Math.max(0, ...gaps.map((gap) => gap.untilMs)))
  // A series may be asked for twice, for its volume and for its mix.
  const wanted = new Map<string, { key: SeriesKey; fromMs: number }>()
  for (const { key, minutes } of [...series].sort((a, b) => a.minutes - b.minutes))
    wanted.set(textOf(key), { key, fromMs: Math.max(heardMs, untilMs - minutes * MINUTE) })
  const counts = new Map(
    [...wanted].map(([text, { fromMs }]) => [text, new Array<number>((untilMs - fromMs) / MINUTE).fill(0)]),
  )
  for (const { key, atMs, weight } of await minutesOf(run, [...wanted.values()], untilMs)) {
    const minutes = counts.get(textOf(key))!
    minutes[minutes.length - (untilMs - atMs) / MINUTE] = weight / FULL_WEIGHT
  }
  return { untilMs, counts }
}

/** How long an alarm may stand after its spike has ended; a detector takes a rise for normal after half a day. */
const ALARM_OUTLIVES_MS = 24 * HOUR

/** The spike that ended last of each series that stands out without one. */
async function previousOf(
  run: Run,
  asked: readonly { text: string; key: SeriesKey; current: Spike | null }[],
  services: ReadonlyMap<number, KnownService>,
  nowMs: number,
): Promise<Map<string, Spike>> {
  const without = asked.filter(({ current }) => current === null)
  if (without.length === 0) return new Map()
  const texts = new Map(without.map(({ text, key }) => [`${services.get(key.serviceId)!.slug} ${key.scope}`, text]))
  const ended = await spikesEndedSince(run, new Date(nowMs - ALARM_OUTLIVES_MS))
  return new Map(
    ended.flatMap((spike): [string, Spike][] => {
      const text = texts.get(`${spike.service} ${scopeOf(spike)}`)
      return text?.endsWith(spike.cause) ? [[text, spike]] : []
    }),
  )
}

function openAt(cause: SpikeCause, { options }: KeptSeries): number {
  return cause === 'volume' ? OPEN_AT + shareCost(options.share ?? 1) : MIX_ALARM_AT
}

/** Whether all parts of a scope rose alike: the countries of the world, the subdivisions of a country. */
function reachOf(
  scope: Scope,
  observed: ReadonlyMap<Scope, number>,
  usual: ReadonlyMap<Scope, number>,
  largest: NetworkPart | null,
): Reach {
  const parts = new Map<string, Part>()
  for (const region of new Set([...observed.keys(), ...usual.keys()])) {
    const isPart = scope === WORLD ? levelOf(region) === 'country' : region.startsWith(`${scope}-`)
    if (isPart)
      parts.set(region, { observed: observed.get(region) ?? 0, expected: Math.max(0.05, usual.get(region) ?? 0) })
  }
  return localise(parts, new Map(), largest && new Map([['largest', largest]])).reach
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
      onset: null,
      spillOver: null,
      related: [],
      endedAt: null,
      regions: regionsOfExcess(
        WORLD,
        new Map([...(recent ?? [])].map(([scope, { reporters }]) => [scope, reporters])),
        surroundings.usual.get(service.id) ?? new Map(),
      ),
      expected: world?.expected ?? surroundings.usual.get(service.id)?.get(WORLD) ?? 0,
    }
  })
}

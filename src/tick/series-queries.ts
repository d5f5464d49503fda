import { METHOD_VERSION, type RatePrior } from '../detection/detector.ts'
import { type ScopeLevel, WORLD } from '../region/scope.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import type { MinuteCount, QuarterExpectation, SeriesKey, Span } from './series.ts'

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`
const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`

export interface SeriesMinute extends MinuteCount {
  key: SeriesKey
}

interface MinuteRow extends Record<string, unknown> {
  service_id: number
  region: string
  t: number
  weight: number
  types: string | null
}

const TYPES = `case when region = '${WORLD}' then json_build_array(${ERROR_TYPES.join(', ')})::text end as types`

const minuteFrom = ({ service_id, region, t, weight, types }: MinuteRow): SeriesMinute => ({
  key: { serviceId: service_id, scope: region },
  atMs: t,
  weight,
  types: types === null ? null : JSON.parse(types),
})

/** Minutes with news in a span, of all series, in order of time. */
export async function minutesBetween(run: Run, { fromMs, untilMs }: Span): Promise<SeriesMinute[]> {
  const rows = await run<MinuteRow>(
    `select service_id, region, ${ms('bucket')} as t, weight::float8 as weight, ${TYPES} from counts_1m
     where bucket >= ${at('$1::float8')} and bucket < ${at('$2::float8')} and weight > 0 order by bucket`,
    [fromMs, untilMs],
  )
  return rows.map(minuteFrom)
}

/** Minutes with news of some series, each from its own beginning, in order of time. */
export async function minutesOf(
  run: Run,
  series: readonly { key: SeriesKey; fromMs: number }[],
  untilMs: number,
): Promise<SeriesMinute[]> {
  if (series.length === 0) return []
  const rows = await run<MinuteRow>(
    `select c.service_id, c.region, ${ms('c.bucket')} as t, c.weight::float8 as weight, ${TYPES}
     from json_to_recordset($1::text::json) as k(s int, r text, f float8)
     join counts_1m c on c.service_id = k.s and c.region = k.r and c.bucket >= ${at('k.f')} and c.bucket < ${at('$2::float8')}
     where c.weight > 0 order by c.bucket`,
    [JSON.stringify(series.map(({ key, fromMs }) => ({ s: key.serviceId, r: key.scope, f: fromMs }))), untilMs],
  )
  return rows.map(minuteFrom)
}

/** What hiding has taken out of the minutes of a series, in order of time. */
export async function hiddenMinutesOf(run: Run, key: SeriesKey, { fromMs, untilMs }: Span): Promise<SeriesMinute[]> {
  const rows = await run<MinuteRow>(
    `select service_id, region, ${ms('bucket')} as t, weight::float8 as weight, ${TYPES} from hidden_counts_1m
     where service_id = $1 and region = $2 and bucket >= ${at('$3::float8')} and bucket < ${at('$4::float8')} and weight > 0
     order by bucket`,
    [key.serviceId, key.scope, fromMs, untilMs],
  )
  return rows.map(minuteFrom)
}

const keysJson = (keys: readonly SeriesKey[]) =>
  JSON.stringify(keys.map(({ serviceId, scope }) => ({ s: serviceId, r: scope })))

export interface Checkpoint {
  key: SeriesKey
  begunMs: number
  prior: RatePrior | null
  /** Empty where it must be rebuilt. */
  state: string
  /** JSON of a `SeriesMix`; `null` for regions, and where it must be rebuilt. */
  mix: string | null
  carry: number
  advancedMs: number
}

interface CheckpointRow extends Record<string, unknown> {
  service_id: number
  region: string
  begun: number
  prior_expected: number | null
  prior_weight: number | null
  state: string
  mix: string | null
  carry: number
  advanced: number
}

const CHECKPOINT = `service_id, region, ${ms('begun_at')} as begun, prior_expected, prior_weight,
  case when method_version = '${METHOD_VERSION}' then state else '' end as state, mix, carry, ${ms('advanced_until')} as advanced`

const checkpointFrom = (row: CheckpointRow): Checkpoint => ({
  key: { serviceId: row.service_id, scope: row.region },
  begunMs: row.begun,
  prior:
    row.prior_expected === null || row.prior_weight === null
      ? null
      : { expectedPerBucket: row.prior_expected, weight: row.prior_weight },
  state: row.state,
  mix: row.mix,
  carry: row.carry,
  advancedMs: row.advanced,
})

export async function checkpointsOf(run: Run, keys: readonly SeriesKey[]): Promise<Checkpoint[]> {
  if (keys.length === 0) return []
  const rows = await run<CheckpointRow>(
    `select ${CHECKPOINT} from json_to_recordset($1::text::json) as k(s int, r text)
     join series_state on service_id = k.s and region = k.r`,
    [keysJson(keys)],
  )
  return rows.map(checkpointFrom)
}

/** The checkpoints that were taken longest ago, and before `beforeMs`. */
export async function oldestCheckpoints(run: Run, beforeMs: number, limit: number): Promise<Checkpoint[]> {
  const rows = await run<CheckpointRow>(
    `select ${CHECKPOINT} from series_state where advanced_until < ${at('$1::float8')} order by advanced_until limit $2::int`,
    [beforeMs, limit],
  )
  return rows.map(checkpointFrom)
}

/** Series that are under suspicion: they must advance although nobody reports any more. */
export async function activeSeries(run: Run): Promise<SeriesKey[]> {
  const rows = await run<{ service_id: number; region: string }>(
    `select service_id, region from series_state where is_active
     union select service_id, coalesce(region, 'world') from spikes where resolved_at is null`,
  )
  return rows.map(({ service_id, region }) => ({ serviceId: service_id, scope: region }))
}

/**
 * Writes down series that are new. Those whose counts are older than their first news here (imported history) begin with
 * their first count. A series begins with a prior that is wide: for the world that of its category, for a region its part
 * of the service's rate; both are kept, so that a state rebuilt later begins the same.
 *
 * @returns the keys that were new
 */
export async function beginNewSeries(run: Run, keys: readonly SeriesKey[]): Promise<SeriesKey[]> {
  if (keys.length === 0) return []
  const rows = await run<{ service_id: number; region: string }>(
    `insert into series_state (service_id, region, begun_at, advanced_until)
     select k.s, k.r, first.bucket, first.bucket
     from json_to_recordset($1::text::json) as k(s int, r text)
     left join series_state known on known.service_id = k.s and known.region = k.r
     cross join lateral (
       select bucket from counts_1m c where c.service_id = k.s and c.region = k.r and c.weight > 0 order by bucket limit 1) first
     where known.service_id is null
     on conflict do nothing returning service_id, region`,
    [keysJson(keys)],
  )
  return rows.map(({ service_id, region }) => ({ serviceId: service_id, scope: region }))
}

export async function savePriors(run: Run, priors: readonly { key: SeriesKey; prior: RatePrior }[]): Promise<void> {
  if (priors.length === 0) return
  await run(
    `update series_state set prior_expected = k.e, prior_weight = k.w
     from json_to_recordset($1::text::json) as k(s int, r text, e float8, w float8) where service_id = k.s and region = k.r`,
    [
      JSON.stringify(
        priors.map(({ key, prior }) => ({
          s: key.serviceId,
          r: key.scope,
          e: prior.expectedPerBucket,
          w: prior.weight,
        })),
      ),
    ],
  )
}

export interface NewCheckpoint {
  key: SeriesKey
  state: string
  mix: string | null
  carry: number
  advancedMs: number
}

export async function saveCheckpoints(run: Run, checkpoints: readonly NewCheckpoint[]): Promise<void> {
  if (checkpoints.length === 0) return
  await run(
    `update series_state set state = k.t, mix = k.m, carry = k.c, advanced_until = ${at('k.a')}, method_version = '${METHOD_VERSION}'
     from json_to_recordset($1::text::json) as k(s int, r text, t text, m text, c int, a float8) where service_id = k.s and region = k.r`,
    [
      JSON.stringify(
        checkpoints.map(({ key, state, mix, carry, advancedMs }) => ({
          s: key.serviceId,
          r: key.scope,
          t: state,
          m: mix,
          c: carry,
          a: advancedMs,
        })),
      ),
    ],
  )
}

export async function saveActivity(run: Run, changes: readonly { key: SeriesKey; isActive: boolean }[]): Promise<void> {
  if (changes.length === 0) return
  await run(
    `update series_state set is_active = k.a
     from json_to_recordset($1::text::json) as k(s int, r text, a boolean) where service_id = k.s and region = k.r`,
    [JSON.stringify(changes.map(({ key, isActive }) => ({ s: key.serviceId, r: key.scope, a: isActive })))],
  )
}

/** Freezes what was foreseen; what was told once stays. What is told of the present quarter is also the series' expectation now. */
export async function saveExpectations(
  run: Run,
  expectations: readonly { key: SeriesKey; expectation: QuarterExpectation }[],
  presentMs: number,
): Promise<void> {
  if (expectations.length === 0) return
  const rows = JSON.stringify(
    expectations.map(({ key, expectation: { atMs, expected, lower, upper } }) => ({
      s: key.serviceId,
      r: key.scope,
      t: atMs,
      e: expected,
      l: lower,
      u: upper,
    })),
  )
  await run(
    `with told as (
       insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
       select s, r, ${at('t')}, e, l, u from json_to_recordset($1::text::json) as k(s int, r text, t float8, e real, l real, u real)
       order by 1, 2, 3 on conflict do nothing returning service_id, region, bucket, expected)
     update series_state s set expected_15m = told.expected from told
     where s.service_id = told.service_id and s.region = told.region and told.bucket = ${at('$2::float8')}`,
    [rows, presentMs],
  )
}

export async function savePresentExpectations(
  run: Run,
  expectations: readonly { key: SeriesKey; expected: number }[],
): Promise<void> {
  if (expectations.length === 0) return
  await run(
    `update series_state set expected_15m = k.e
     from json_to_recordset($1::text::json) as k(s int, r text, e real) where service_id = k.s and region = k.r`,
    [JSON.stringify(expectations.map(({ key, expected }) => ({ s: key.serviceId, r: key.scope, e: expected })))],
  )
}

/** Subdivisions of some services that reported since an instant. */
export async function subdivisionsWithNews(run: Run, serviceIds: readonly number[], fromMs: number) {
  if (serviceIds.length === 0) return []
  const rows = await run<{ service_id: number; region: string }>(
    `select distinct service_id, region from counts_1m where bucket >= ${at('$2::float8')} and weight > 0 and region like '%-%'
       and service_id in (select json_array_elements_text($1::text::json)::int)`,
    [JSON.stringify(serviceIds), fromMs],
  )
  return rows.map(({ service_id, region }): SeriesKey => ({ serviceId: service_id, scope: region }))
}

export async function savePeaks(
  run: Run,
  atMs: number,
  peaks: readonly { level: ScopeLevel; nats: number }[],
): Promise<void> {
  if (peaks.length === 0) return
  await run(
    `insert into evidence_peaks as p (day, level, nats, peaks)
     select (${at('$2::float8')} at time zone 'UTC')::date, l, n, count(*)
     from json_to_recordset($1::text::json) as k(l text, n int) group by l, n order by l, n
     on conflict (day, level, nats) do update set peaks = p.peaks + excluded.peaks`,
    [JSON.stringify(peaks.map(({ level, nats }) => ({ l: level, n: nats }))), atMs],
  )
}

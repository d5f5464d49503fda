import { METHOD_VERSION, OPEN_AT } from '../detection/detector.ts'
import { recalibrate } from '../detection/recalibrate.ts'
import { WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'

/** False alarms of a worldwide series and week that the method promises to stay below. */
export const PROMISED_PER_WEEK = 0.02

/** How much of history is looked at unless told. */
const DAYS = 28
/** Services whose expectations are compared with what came; the others would cost and say the same. */
const SAMPLED_SERVICES = 500

export interface BandCoverage {
  /** Quarters of an hour of which `[expectedFrom, expectedUntil)` reports were expected. */
  expectedFrom: number
  expectedUntil: number
  quarters: number
  /** Parts of these quarters that lay below, in and above their 95 % band. */
  below: number
  within: number
  above: number
}

interface PeaksAbove {
  nats: number
  peaks: number
}

/** How well the method keeps what it promises, from its own history. */
export interface MethodMeasure {
  methodVersion: string
  days: number
  /** Time that worldwide series were watched as it passed; imported history was not, nor what nobody listened to. */
  seriesWeeks: number
  /** Estimated false alarms of a worldwide series and week; `null` before anything was watched. */
  falseAlarmsPerSeriesWeek: number | null
  /** Its 95 % interval. */
  falseAlarmsInterval: { lower: number; upper: number } | null
  promisedPerSeriesWeek: number
  /** Threshold in force, and the one that would keep the promise exactly, in nats. */
  openAtNats: number
  calibratedOpenAtNats: number | null
  /** Peaks of evidence of worldwide series of which no confirmed spike came, at or above each level, and how many the promise allows. */
  peaks: (PeaksAbove & { promised: number })[]
  bands: BandCoverage[]
  spikes: { opened: number; confirmed: number; dismissed: number }
}

/** Measures the method on the last days; some hundred milliseconds, so its answer is worth keeping for an hour. */
export async function measureMethod(run: Run, days = DAYS): Promise<MethodMeasure> {
  const seriesWeeks = await weeksWatched(run, days)
  const peaks = await peaksAbove(run, days)
  const calibration =
    seriesWeeks > 0 && peaks.length > 0
      ? recalibrate({ weeks: seriesWeeks, above: peaks }, OPEN_AT, PROMISED_PER_WEEK)
      : null
  return {
    methodVersion: METHOD_VERSION,
    days,
    seriesWeeks,
    falseAlarmsPerSeriesWeek: calibration?.realisedPerWeek ?? null,
    falseAlarmsInterval: calibration?.interval ?? null,
    promisedPerSeriesWeek: PROMISED_PER_WEEK,
    openAtNats: OPEN_AT,
    calibratedOpenAtNats: calibration?.openAtNats ?? null,
    // Where evidence is what it claims to be, its peaks grow rarer like exp(-h).
    peaks: peaks.map((level) => ({
      ...level,
      promised: seriesWeeks * PROMISED_PER_WEEK * Math.exp(OPEN_AT - level.nats),
    })),
    bands: await coverage(run, Math.min(days, 7)),
    spikes: await spikesOpened(run, days),
  }
}

async function weeksWatched(run: Run, days: number): Promise<number> {
  const [row] = await run<{ weeks: number }>(
    `with watched as (
       select greatest(now() - make_interval(days => $1::int), (data ->> 'watchedSince')::timestamptz,
         case when not data ? 'watchedSince' then coalesce((select min(day) from evidence_peaks)::timestamptz, now()) end) as since
       from tick_state where name = 'tick'
     ), series as (
       select greatest(begun_at, since) as since from series_state, watched where region = '${WORLD}' and greatest(begun_at, since) < now()
     ), missed as (
       select from_at, until_at from collector_gaps where until_at > now() - make_interval(days => $1::int)
     )
     select coalesce(sum(extract(epoch from now() - since) - coalesce((
       select sum(extract(epoch from until_at - greatest(from_at, since))) from missed where until_at > since), 0)), 0)::float8 / 604800 as weeks
     from series`,
    [days],
  )
  return row!.weeks
}

async function peaksAbove(run: Run, days: number): Promise<PeaksAbove[]> {
  return run<PeaksAbove & Record<string, unknown>>(
    `select nats, sum(sum(peaks)) over (order by nats desc)::float8 as peaks from evidence_peaks
     where level = 'world' and day > (now() at time zone 'UTC')::date - $1::int group by nats order by nats`,
    [days],
  )
}

/**
 * Counts against what was foreseen, outside incidents. Quarters without any report have no frozen expectation, so only
 * those are compared of which enough was expected to make silence rare.
 */
async function coverage(run: Run, days: number): Promise<BandCoverage[]> {
  const rows = await run<{ bin: number; quarters: number; below: number; above: number }>(
    `with sampled as (
       select service_id from series_state where region = '${WORLD}' and expected_15m > 0 order by md5(service_id::text) limit ${SAMPLED_SERVICES}
     )
     select case when e.expected < 10 then 0 when e.expected < 30 then 1 when e.expected < 100 then 2 else 3 end as bin,
       count(*)::float8 as quarters, count(*) filter (where c.weight < 1000 * e.lower - 500)::float8 as below,
       count(*) filter (where c.weight > 1000 * e.upper + 500)::float8 as above
     from sampled
     join expectations_15m e on e.service_id = sampled.service_id and e.region = '${WORLD}' and e.bucket > now() - make_interval(days => $1::int)
     join counts_15m c on c.service_id = e.service_id and c.region = e.region and c.bucket = e.bucket
     where e.expected >= 3 and not exists (
       select 1 from incidents i where i.service_id = e.service_id and (i.data ->> 'onsetAt')::timestamptz < e.bucket + interval '15 minutes'
         and coalesce(i.resolved_at, now()) > e.bucket)
     group by 1 order by 1`,
    [days],
  )
  const limits = [3, 10, 30, 100, Number.MAX_SAFE_INTEGER]
  return rows.map(({ bin, quarters, below, above }) => ({
    expectedFrom: limits[bin]!,
    expectedUntil: limits[bin + 1]!,
    quarters,
    below: below / quarters,
    within: 1 - (below + above) / quarters,
    above: above / quarters,
  }))
}

async function spikesOpened(run: Run, days: number) {
  const [row] = await run<{ opened: number; confirmed: number; dismissed: number }>(
    `select count(*)::int as opened, count(*) filter (where i.data ->> 'confirmedAt' is not null)::int as confirmed,
       count(*) filter (where i.class = 'dismissed')::int as dismissed
     from spikes s left join incidents i on i.id = s.incident_id
     where s.region is null and s.opened_at > now() - make_interval(days => $1::int)`,
    [days],
  )
  return row!
}

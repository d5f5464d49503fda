import { zoneOfSeries } from '../count/series-zone.ts'
import { Detector, METHOD_VERSION } from '../detection/detector.ts'
import type { Incident } from '../incident/incident.ts'
import { saveIncidents, saveSpikes } from '../incident/queries.ts'
import { countryOf, scopesOf, WORLD } from '../region/scope.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run, Storage } from '../storage/database.ts'
import { DAY, HOUR, MINUTE, WEEK } from '../time.ts'
import { DEMO_SERVICES, type DemoService } from './demo-services.ts'
import { type DemoReport, extraRate, outageReport, usualRate, usualReport } from './demo-world.ts'
import { type Outage, pastOutages } from './outages.ts'
import { tellPastIncidents } from './past-incidents.ts'
import { poisson, type Random, seeded } from './random.ts'

/** How far back the demo's world reaches. */
export const HISTORY_MS = 6 * WEEK

/** Minutes are written for the last day, quarters of an hour for the last days, hours for all of it: charts ask for no more. */
const MINUTES_KEPT_MS = 26 * HOUR
const QUARTERS_KEPT_MS = 9 * DAY
const QUARTER = 15 * MINUTE
/** The usual rate changes by the hour, so it need not be worked out for each minute. */
const USUAL_FOR_MS = 10 * MINUTE
const ROWS_PER_STATEMENT = 4_000
/** A series with fewer reports than this in six weeks starts as a new one would. */
const FEWEST_FOR_STATE = 1_000

interface MinuteOfReports {
  atMs: number
  reports: DemoReport[]
}

/**
 * Six weeks of believable counts, and what a detector that lived through them would know.
 *
 * @param endMs the minute at which the live world takes over
 * @param onProgress told the share that is done, from 0 to 1
 */
export async function writeHistory(
  storage: Storage,
  services: readonly ServiceRow[],
  endMs: number,
  onProgress: (share: number) => void,
): Promise<void> {
  const known = new Map(services.map((service) => [service.slug, service]))
  const outages = pastOutages(endMs)
  for (const [n, demo] of DEMO_SERVICES.entries()) {
    const service = known.get(demo.slug)
    if (service)
      await writeService(
        storage,
        service,
        demo,
        outages.filter(({ service }) => service === demo.slug),
        endMs,
        n,
      )
    onProgress((n + 1) / DEMO_SERVICES.length)
  }
}

async function writeService(
  storage: Storage,
  service: ServiceRow,
  demo: DemoService,
  outages: readonly Outage[],
  endMs: number,
  seed: number,
): Promise<void> {
  const random = seeded(7919 * (seed + 1))
  const startMs = startOf(endMs)
  const minutes = imagine(demo, outages, startMs, endMs, random)
  const quartersFromMs = Math.floor((endMs - QUARTERS_KEPT_MS) / HOUR) * HOUR
  const { states, expectations, incidents } = liveThrough(service, outages, minutes, endMs)
  await storage.transaction(async (run) => {
    const older = minutes.filter(({ atMs }) => atMs < quartersFromMs)
    await writeCounts(run, 'counts_1h', service.id, older.map(withoutSubdivisions), HOUR, startMs)
    await writeCounts(run, 'counts_1h', service.id, minutes, HOUR, quartersFromMs)
    await writeCounts(run, 'counts_15m', service.id, minutes, QUARTER, quartersFromMs)
    await writeCounts(run, 'counts_1m', service.id, minutes, MINUTE, endMs - MINUTES_KEPT_MS)
    await inPortions(expectations, (rows) =>
      run(
        `insert into expectations_15m (service_id, region, bucket, expected, lower, upper)
         select $2::int, 'world', to_timestamp(t), e, l, u from json_to_recordset($1::text::json) as r(t float8, e real, l real, u real)`,
        [JSON.stringify(rows), service.id],
      ),
    )
    await run(
      `insert into series_state (service_id, region, begun_at, state, advanced_until, expected_15m, method_version)
       select $2::int, region, to_timestamp($3::float8), state, to_timestamp($4::float8), expected, $5
       from json_to_recordset($1::text::json) as r(region text, state text, expected real)`,
      [JSON.stringify(states), service.id, startMs / 1000, endMs / 1000, METHOD_VERSION],
    )
    await saveSpikes(
      run,
      incidents.flatMap(({ spikes }) => spikes.map((spike) => ({ serviceId: service.id, spike }))),
    )
    await saveIncidents(
      run,
      incidents.map(({ incident, entries }) => ({ serviceId: service.id, incident: incident as Incident, entries })),
    )
  })
}

/** Quarters of an hour are aligned to the clock, and so is the first. */
function startOf(endMs: number): number {
  return Math.floor((endMs - HISTORY_MS) / QUARTER) * QUARTER
}

/** Only minutes with reports; oldest first. */
function imagine(
  demo: DemoService,
  outages: readonly Outage[],
  fromMs: number,
  untilMs: number,
  random: Random,
): MinuteOfReports[] {
  const minutes: MinuteOfReports[] = []
  let drift = 0
  let usual = 0
  for (let atMs = fromMs; atMs < untilMs; atMs += MINUTE) {
    // A slow wander of a few per cent, as real rates have it.
    drift = drift * 0.996 + (random() - 0.5) * 0.02
    if (atMs % USUAL_FOR_MS === 0 || atMs === fromMs) usual = usualRate(demo, atMs)
    const reports: DemoReport[] = []
    for (let n = poisson(usual * Math.exp(drift), random); n > 0; n--) reports.push(usualReport(demo, random))
    for (const { outage, rate } of extraRate(outages, atMs))
      for (let n = poisson(rate, random); n > 0; n--) reports.push(outageReport(outage, random))
    if (reports.length > 0) minutes.push({ atMs, reports })
  }
  return minutes
}

/** Feeds the detectors as the service would have, and keeps what they said. */
function liveThrough(
  service: ServiceRow,
  outages: readonly Outage[],
  minutes: readonly MinuteOfReports[],
  endMs: number,
) {
  const startMs = startOf(endMs)
  const series = new Map<string, Map<number, number>>()
  for (const { atMs, reports } of minutes)
    for (const { region } of reports)
      for (const scope of scopesOf(region)) {
        const counts = series.get(scope) ?? new Map<number, number>()
        counts.set(atMs, (counts.get(atMs) ?? 0) + 1)
        series.set(scope, counts)
      }

  const expectations: { t: number; e: number; l: number; u: number }[] = []
  const states: { region: string; state: string; expected: number }[] = []
  const past = tellPastIncidents(service.slug, minutes)
  for (const [scope, counts] of series) {
    if (scope !== WORLD && total(counts) < FEWEST_FOR_STATE) continue
    const detector = new Detector({ bucketMs: MINUTE, timeZone: zoneOfSeries(scope, service.countries) })
    // A first minute tells the detector when its watch began.
    detector.advance(startMs, counts.get(startMs) ?? 0)
    if (scope === WORLD) {
      for (let quarter = startMs; quarter < endMs; quarter += QUARTER) {
        if (quarter > startMs) detector.advanceQuiet(quarter)
        if (quarter > startMs + 2 * DAY) {
          const { expected, lower, upper } = detector.forecast(quarter, quarter + QUARTER)
          expectations.push({ t: quarter / 1000, e: expected, l: lower, u: upper })
        }
        const isNews = outages.some(
          ({ startMs, endMs }) => quarter > startMs - HOUR && quarter < startMs + endMs + 6 * HOUR,
        )
        const until = Math.min(endMs, quarter + QUARTER)
        for (let atMs = quarter === startMs ? startMs + MINUTE : quarter; atMs < until; atMs += MINUTE) {
          const count = counts.get(atMs) ?? 0
          if (isNews) past.minute(atMs, detector.advance(atMs, count), expectations.at(-1)?.e ?? 1)
          else if (count > 0) {
            detector.advanceQuiet(atMs)
            detector.advance(atMs, count)
          }
        }
      }
    } else {
      for (const [atMs, count] of counts) {
        if (atMs === startMs) continue
        detector.advanceQuiet(atMs)
        detector.advance(atMs, count)
      }
    }
    detector.advanceQuiet(endMs)
    states.push({
      region: scope,
      state: detector.serialise(),
      expected: detector.forecast(endMs, endMs + QUARTER).expected,
    })
  }
  return { states, expectations, incidents: past.end() }
}

/** Weeks ago, countries are fine enough. */
function withoutSubdivisions({ atMs, reports }: MinuteOfReports): MinuteOfReports {
  return { atMs, reports: reports.map((report) => ({ ...report, region: report.region && countryOf(report.region) })) }
}

async function writeCounts(
  run: Run,
  table: 'counts_1m' | 'counts_15m' | 'counts_1h',
  serviceId: number,
  minutes: readonly MinuteOfReports[],
  widthMs: number,
  fromMs: number,
): Promise<void> {
  const cells = new Map<string, { region: string; t: number; reporters: number; ok: number; types: number[] }>()
  const first = Math.ceil(fromMs / widthMs) * widthMs
  for (const { atMs, reports } of minutes) {
    if (atMs < first) continue
    const t = Math.floor(atMs / widthMs) * widthMs
    for (const [n, { region, errorType }] of reports.entries())
      for (const scope of scopesOf(region)) {
        const key = `${scope} ${t}`
        const cell = cells.get(key) ?? {
          region: scope,
          t: t / 1000,
          reporters: 0,
          ok: 0,
          types: ERROR_TYPES.map(() => 0),
        }
        cell.reporters++
        // About one visitor in seven comes to say that it works.
        if ((atMs / MINUTE + n) % 7 === 0) cell.ok++
        cell.types[ERROR_TYPES.indexOf(errorType)]!++
        cells.set(key, cell)
      }
  }
  await inPortions([...cells.values()], (rows) =>
    run(
      `insert into ${table} (service_id, region, bucket, reporters, weight, networks, ok, ${ERROR_TYPES.join(', ')})
       select $2::int, region, to_timestamp(t), reporters, reporters * 1000, reporters, ok,
         ${ERROR_TYPES.map((_, n) => `(types->>${n})::int`).join(', ')}
       from json_to_recordset($1::text::json) as r(region text, t float8, reporters int, ok int, types json)`,
      [JSON.stringify(rows), serviceId],
    ),
  )
}

async function inPortions<T>(rows: readonly T[], write: (portion: T[]) => Promise<unknown>): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await write(rows.slice(start, start + ROWS_PER_STATEMENT))
}

function total(counts: ReadonlyMap<number, number>): number {
  let sum = 0
  for (const count of counts.values()) sum += count
  return sum
}

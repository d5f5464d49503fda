import type { Trend } from '../../web/charts/trend.ts'
import type { PlaceCounts, ServiceSnapshot, WindowCount } from '../../web/pages/service-snapshot.ts'
import type { Range, ServiceView } from '../../web/pages/service-view.ts'
import { expectedNow, judgedAt } from '../count/queries.ts'
import { readBreakdown } from '../count/read-breakdown.ts'
import { readStandings } from '../count/read-standing.ts'
import { readTimeseries } from '../count/read-timeseries.ts'
import { SMALLEST_SHOWN, STEP_MS, type Step } from '../count/timeseries.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import { readHeatmap } from '../heatmap/read-heatmap.ts'
import type { Incident } from '../incident/incident.ts'
import { listIncidents, providerUpdates } from '../incident/queries.ts'
import { subdivisionsOf } from '../region/region.ts'
import { countryOf, levelOf, WORLD } from '../region/scope.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { DAY, HOUR } from '../time.ts'
import { summaryOf } from './incident-summary.ts'

const SPANS: Record<Range, number> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '1y': 365 * DAY }
const STEPS: Record<Exclude<Range, '24h'>, Step> = { '7d': '15m', '30d': '1h', '1y': '1d' }
const PAST_INCIDENTS = 8
const MULTIPLES = 4
/** A share of fewer votes than this says nothing. */
const VOTES_FOR_SHARE = 10
/** A country with this share of the reports is what a phone shows first. */
const SHARE_OF_FOCUS = 0.25

/** Everything that a service page says, from reads of one moment. */
export async function readService(
  run: Run,
  services: ReadonlyMap<string, ServiceRow>,
  service: ServiceRow,
  view: ServiceView,
): Promise<ServiceSnapshot> {
  const { asOf, standings } = await readStandings(run, [service])
  const { state, incident } = standings[0]!
  const asOfMs = asOf.getTime()
  const breakdown = await readBreakdown(run, service.id, HOUR)
  const expected = (await expectedNow(run, service.id)).get(WORLD)
  const lastHour: WindowCount = { count: breakdown.problems, expected: expected === undefined ? null : expected * 4 }

  const region = view.region === WORLD ? null : view.region
  const step = view.range === '24h' ? stepOfDay(lastHour, incident) : STEPS[view.range]
  const trendOf = (scope: string | null) => readTrend(run, service, scope, view.range, step, asOfMs)
  const places = await readPlaces(run, service, region === null ? null : countryOf(region), null)
  const judgedMs = await judgedAt(run)
  const isDown = state === 'down' || state === 'suspected'

  return {
    asOf: asOfMs,
    judgedSecondsAgo: judgedMs === null ? 0 : Math.max(0, Math.round((asOfMs - judgedMs) / 1000)),
    methodVersion: METHOD_VERSION,
    service: {
      slug: service.slug,
      name: service.name,
      homepage: service.homepage,
      statusPage: service.statusPage?.url ?? null,
      features: service.features,
    },
    state,
    region,
    lastHour,
    incident: incident && isDown ? summaryOf(incident, services) : null,
    providerUpdates: incident && isDown ? (await providerUpdates(run, incident.id)).reverse() : [],
    trend: await trendOf(region),
    places,
    focus: await readFocus(run, service, places),
    multiples: incident && isDown && region === null ? await readMultiples(incident, trendOf) : [],
    errorTypes: Object.fromEntries(breakdown.errorTypes.map(({ key, count }) => [key, count ?? 0])),
    features: breakdown.features.map(({ key, count }) => ({ feature: key, count: count ?? 0 })),
    votes: {
      problems: breakdown.problems,
      works: breakdown.ok,
      affected: breakdown.affected && breakdown.affected.voters >= VOTES_FOR_SHARE ? breakdown.affected : null,
    },
    pastIncidents: (await readPast(run, service)).map((past) => summaryOf(past, services)),
  }
}

/** Five minutes where there is enough to see; wider bins where a line would be nothing but noise. */
function stepOfDay({ count, expected }: WindowCount, incident: Incident | null): Step {
  const hourly = Math.max(count, expected ?? 0)
  if (hourly >= 12 || (incident !== null && hourly >= 6)) return '5m'
  return hourly >= 3 || incident !== null ? '15m' : '1h'
}

/** A series on the bins of a range, with the unfinished bin at its end. */
export async function readTrend(
  run: Run,
  service: ServiceRow,
  region: string | null,
  range: Range,
  step: Step,
  asOfMs: number,
): Promise<Trend> {
  const stepMs = STEP_MS[step]
  const until = Math.ceil(asOfMs / stepMs) * stepMs
  const from = until - SPANS[range]
  const { points } = await readTimeseries(run, service, {
    region,
    errorType: null,
    from: new Date(from),
    until: new Date(until),
    step,
  })
  return { from, until, asOf: asOfMs, stepMs, points: points.map(({ t, ...point }) => ({ at: t.getTime(), ...point })) }
}

/** Where reports of an hour come from: the last one, or one that began at `at`. */
export async function readPlaces(
  run: Run,
  service: Pick<ServiceRow, 'id' | 'slug'> | null,
  country: string | null,
  at: Date | null,
): Promise<PlaceCounts> {
  const heatmap = await readHeatmap(run, {
    service,
    level: country === null ? 'country' : 'subdivision',
    country,
    window: at === null ? { lastMs: HOUR } : { from: at, until: new Date(at.getTime() + HOUR) },
  })
  return {
    from: heatmap.from.getTime(),
    until: heatmap.until.getTime(),
    country,
    rows: heatmap.regions.map(({ region, count, expected, ratio, perMillion }) => ({
      region,
      count,
      expected,
      ratio,
      perMillion,
    })),
    total: country !== null && heatmap.total > 0 && heatmap.total < SMALLEST_SHOWN ? null : heatmap.total,
    suppressBelow: SMALLEST_SHOWN,
  }
}

/** The country that most reports come from, by subdivision; `null` where none stands out. */
export async function readFocus(
  run: Run,
  service: Pick<ServiceRow, 'id' | 'slug'> | null,
  { country, rows, total, from }: PlaceCounts,
  at: Date | null = null,
): Promise<PlaceCounts | null> {
  if (country !== null || total === null || total === 0) return null
  const top = rows.reduce((most, row) => ((row.count ?? 0) > (most?.count ?? 0) ? row : most), rows[0])
  if (!top?.count || top.count / total < SHARE_OF_FOCUS || subdivisionsOf(top.region).length < 2) return null
  return readPlaces(run, service, top.region, at === null ? null : new Date(from))
}

async function readMultiples(
  incident: Incident,
  trendOf: (region: string) => Promise<Trend>,
): Promise<ServiceSnapshot['multiples']> {
  const regions = incident.regions.map(({ region }) => region).filter((region) => levelOf(region) === 'country')
  const multiples: ServiceSnapshot['multiples'] = []
  for (const region of regions.slice(0, MULTIPLES)) multiples.push({ region, trend: await trendOf(region) })
  return multiples
}

async function readPast(run: Run, service: ServiceRow): Promise<Incident[]> {
  const past = await listIncidents(run, {
    service: service.slug,
    region: null,
    status: 'resolved',
    since: null,
    after: null,
    limit: PAST_INCIDENTS,
  })
  return past.filter((incident) => incident.class !== 'dismissed' && incident.confirmedAt !== null)
}

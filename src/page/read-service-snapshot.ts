import type { Trend } from '../../web/charts/trend.ts'
import type { ServiceSnapshot, WindowCount } from '../../web/pages/service-snapshot.ts'
import { RANGES, type Range, type ServiceView } from '../../web/pages/service-view.ts'
import { countsByFeature, countsByScope, databaseNow } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { readExpected, readTimeseries } from '../count/read-timeseries.ts'
import { STEP_MS, type Step, sumExpected } from '../count/timeseries.ts'
import { wilsonInterval } from '../count/wilson.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import type { Incident } from '../incident/incident.ts'
import { providerUpdates } from '../incident/queries.ts'
import { firstLevelOf, subdivisionsOf } from '../region/region.ts'
import { countryOf, WORLD } from '../region/scope.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { DAY, HOUR } from '../time.ts'
import { countryOfFocus, hourOf, readPlaces } from './read-places.ts'
import { endedIncidents, type Names, summarise } from './summarise-incidents.ts'

const RANGE: Record<Range, { lengthMs: number; step: Step }> = {
  '24h': { lengthMs: DAY, step: '5m' },
  '7d': { lengthMs: 7 * DAY, step: '15m' },
  '30d': { lengthMs: 30 * DAY, step: '1h' },
  '1y': { lengthMs: 365 * DAY, step: '1d' },
}

export const isRange = (text: string): text is Range => (RANGES as readonly string[]).includes(text)

/** Fewer votes than this say nothing of a share. */
const FEWEST_VOTES = 10
const MOST_MULTIPLES = 6
const MOST_PAST = 8

/** Everything on a service page, read in one transaction at one moment, so that its parts cannot contradict each other. */
export async function readServiceSnapshot(
  run: Run,
  service: ServiceRow,
  view: ServiceView,
  names: Names,
): Promise<ServiceSnapshot> {
  const nowMs = await databaseNow(run)
  const region = view.region === null || view.region === 'world' ? null : firstLevelOf(view.region)
  const { standings } = await readStandings(run, [service])
  const { state, incident } = standings[0]!
  const trend = await readTrend(run, service, region, view.range, nowMs)
  const lastHour = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const scopes = await countsByScope(run, service.id, lastHour)
  const own = scopes.find(({ scope }) => scope === (region ?? WORLD))
  const mapCountry = region === null ? null : countryOf(region)
  const country = mapCountry !== null && subdivisionsOf(mapCountry).length > 1 ? mapCountry : null
  const places = await readPlaces(run, service, country, hourOf(view.at))
  const focus = country === null && view.region === null ? countryOfFocus(places) : null
  const problems = own?.reporters ?? 0
  const works = own?.ok ?? 0
  return {
    asOf: nowMs,
    freshnessSeconds: 0,
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
    lastHour: await windowCount(run, service, region, problems, lastHour),
    incident: incident === null ? null : summarise(incident, names),
    providerUpdates: incident === null ? [] : (await providerUpdates(run, incident.id)).reverse(),
    trend,
    places,
    focus: focus === null ? null : await readPlaces(run, service, focus, hourOf(view.at)),
    multiples:
      incident === null || region !== null ? [] : await readMultiples(run, service, incident, view.range, nowMs),
    errorTypes: errorTypesOf(own?.byErrorType ?? {}),
    features:
      region === null
        ? (await countsByFeature(run, service.id, lastHour))
            .filter(({ reporters }) => reporters >= 3)
            .map(({ feature, reporters }) => ({ feature, count: reporters }))
        : [],
    votes: {
      problems,
      works,
      affected:
        problems + works < FEWEST_VOTES
          ? null
          : { share: problems / (problems + works), ...wilsonInterval(problems, problems + works)! },
    },
    pastIncidents: await endedIncidents(run, names, { service: service.slug, since: null, limit: MOST_PAST }),
  }
}

export async function readTrend(
  run: Run,
  service: ServiceRow,
  region: string | null,
  range: Range,
  nowMs: number,
): Promise<Trend> {
  const { lengthMs, step } = RANGE[range]
  const stepMs = STEP_MS[step]
  const untilMs = Math.ceil(nowMs / stepMs) * stepMs
  const series = await readTimeseries(run, service, {
    region,
    errorType: null,
    from: new Date(untilMs - lengthMs),
    until: new Date(untilMs),
    step,
  })
  return {
    from: untilMs - lengthMs,
    until: untilMs,
    asOf: nowMs,
    stepMs,
    points: series.points.map(({ t, ...point }) => ({ at: t.getTime(), ...point })),
  }
}

async function windowCount(
  run: Run,
  service: ServiceRow,
  region: string | null,
  count: number,
  window: { fromMs: number; untilMs: number },
): Promise<WindowCount> {
  const expectations = await readExpected(run, service, region ?? WORLD, window)
  return { count, expected: sumExpected(expectations, window.fromMs, window.untilMs) }
}

async function readMultiples(run: Run, service: ServiceRow, incident: Incident, range: Range, nowMs: number) {
  const multiples = []
  for (const { region } of incident.regions.slice(0, MOST_MULTIPLES))
    multiples.push({ region, trend: await readTrend(run, service, region, range, nowMs) })
  return multiples
}

function errorTypesOf(counts: ErrorTypeCounts): ErrorTypeCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

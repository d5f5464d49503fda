import type { Trend } from '../../web/charts/trend.ts'
import type { ServiceSnapshot, WindowCount } from '../../web/pages/service-snapshot.ts'
import type { Range, ServiceView } from '../../web/pages/service-view.ts'
import { countsByFeature, countsByScope, databaseNow, gapsIn } from '../count/queries.ts'
import { readStandings } from '../count/read-standing.ts'
import { readExpected, readTimeseries } from '../count/read-timeseries.ts'
import { heardParts, STEP_MS, type Step, sumExpected } from '../count/timeseries.ts'
import { isListening } from '../count/watch.ts'
import { wilsonInterval } from '../count/wilson.ts'
import { METHOD_VERSION } from '../detection/detector.ts'
import type { Incident } from '../incident/incident.ts'
import { providerUpdates } from '../incident/queries.ts'
import { firstLevelOf, subdivisionsOf } from '../region/region.ts'
import { countryOf, levelOf, WORLD } from '../region/scope.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import type { ServiceRow } from '../service/tables.ts'
import type { Run } from '../storage/database.ts'
import { DAY, HOUR } from '../time.ts'
import { countryOfFocus, hourOf, readPlaces } from './read-places.ts'
import { endedIncidents, type Names, summarise } from './summarise-incidents.ts'

const LENGTHS: Record<Range, number> = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY, '1y': 365 * DAY }
const STEPS: Record<Exclude<Range, '24h'>, Step> = { '7d': '15m', '30d': '1h', '1y': '1d' }

/** Fewer votes than this say nothing of a share. */
const FEWEST_VOTES = 10
const MOST_MULTIPLES = 4
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
  const { standings, watch } = await readStandings(run, [service])
  const { state, incident } = standings[0]!
  const isTroubled = state === 'down' || state === 'suspected'
  const lastHour = { fromMs: nowMs - HOUR, untilMs: nowMs }
  const scopes = await countsByScope(run, service.id, lastHour)
  const own = scopes.find(({ scope }) => scope === WORLD)
  const mapCountry = region === null ? null : countryOf(region)
  const country = mapCountry !== null && subdivisionsOf(mapCountry).length > 1 ? mapCountry : null
  const places = await readPlaces(run, service, country, hourOf(view.at))
  const focus = country === null && view.region === null ? countryOfFocus(places) : null
  const problems = own?.reporters ?? 0
  const works = own?.ok ?? 0
  const expectations = await readExpected(run, service, WORLD, lastHour)
  const hour = {
    count: problems,
    expected: sumExpected(expectations, heardParts(lastHour, await gapsIn(run, lastHour), nowMs)),
  }
  const step = view.range === '24h' ? stepOfDay(hour, isTroubled) : STEPS[view.range]
  const trendOf = (scope: string | null) => readTrend(run, service, scope, view.range, step, nowMs)
  return {
    asOf: nowMs,
    judgedSecondsAgo: watch.judgedMs === null ? 0 : Math.max(0, Math.round((nowMs - watch.judgedMs) / 1000)),
    isWatched: isListening(watch),
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
    lastHour: hour,
    incident: incident !== null && isTroubled ? summarise(incident, names) : null,
    providerUpdates: incident !== null && isTroubled ? (await providerUpdates(run, incident.id)).reverse() : [],
    trend: await trendOf(region),
    places,
    focus: focus === null ? null : await readPlaces(run, service, focus, hourOf(view.at)),
    multiples: incident !== null && isTroubled && region === null ? await readMultiples(incident, trendOf) : [],
    errorTypes: errorTypesOf(own?.byErrorType ?? {}),
    features: (await countsByFeature(run, service.id, lastHour))
      .filter(({ reporters }) => reporters >= 3)
      .map(({ feature, reporters }) => ({ feature, count: reporters })),
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

/** Five minutes where there is enough to see; wider bins where a line would be nothing but noise. */
export function stepOfDay({ count, expected }: WindowCount, isTroubled: boolean): Step {
  const hourly = Math.max(count, expected ?? 0)
  if (hourly >= (isTroubled ? 18 : 48)) return '5m'
  return hourly >= 6 || isTroubled ? '15m' : '1h'
}

/** A series on the bins of a range; the last bin is the unfinished one. */
export async function readTrend(
  run: Run,
  service: ServiceRow,
  region: string | null,
  range: Range,
  step: Step,
  nowMs: number,
): Promise<Trend> {
  const stepMs = STEP_MS[step]
  const untilMs = Math.ceil(nowMs / stepMs) * stepMs
  const series = await readTimeseries(run, service, {
    region,
    errorType: null,
    from: new Date(untilMs - LENGTHS[range]),
    until: new Date(untilMs),
    step,
  })
  return {
    from: untilMs - LENGTHS[range],
    until: untilMs,
    asOf: nowMs,
    stepMs,
    points: series.points.map(({ t, ...point }) => ({ at: t.getTime(), ...point })),
  }
}

async function readMultiples(
  { regions }: Incident,
  trendOf: (region: string) => Promise<Trend>,
): Promise<ServiceSnapshot['multiples']> {
  const multiples = []
  for (const { region } of regions.filter(({ region }) => levelOf(region) === 'country').slice(0, MOST_MULTIPLES))
    multiples.push({ region, trend: await trendOf(region) })
  return multiples
}

function errorTypesOf(counts: ErrorTypeCounts): ErrorTypeCounts {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

export const RANGES = ['24h', '7d', '30d', '1y'] as const
export const VIEWS = ['chart', 'map', 'table'] as const
export const MEASURES = ['rate', 'ratio', 'count'] as const

export type Range = (typeof RANGES)[number]
export type View = (typeof VIEWS)[number]
export type Measure = (typeof MEASURES)[number]

/** What of a service is on the screen; it stands in the address as a whole, so that a link shows the same. */
export interface ServiceView {
  range: Range
  view: View
  /** A country or subdivision; `world` insists on the whole world where a phone would begin with a country; `null` leaves it open. */
  region: string | null
  /** `null` is what fits the map: per million for the world, times usual for subdivisions. */
  measure: Measure | null
  /** Start of the hour that the map shows, ISO 8601; `null` is the last hour. */
  at: string | null
  tz: 'UTC' | null
}

export const DEFAULT_VIEW: ServiceView = {
  range: '24h',
  view: 'chart',
  region: null,
  measure: null,
  at: null,
  tz: null,
}

const KEYS = ['at', 'measure', 'range', 'region', 'tz', 'view'] as const

/** The view that a query asks for; what is unknown or malformed falls back to the default, so that old links never break. */
export function readServiceView(query: Record<string, string | undefined>): ServiceView {
  const oneOf = <T extends string>(allowed: readonly T[], text: string | undefined) =>
    allowed.find((value) => value === text) ?? null
  const region = /^(world|[A-Za-z]{2}(-[A-Za-z0-9]{1,3})?)$/.test(query.region ?? '') ? query.region! : null
  return {
    range: oneOf(RANGES, query.range) ?? '24h',
    view: oneOf(VIEWS, query.view) ?? 'chart',
    region: region === 'world' || region === null ? region : region.toUpperCase(),
    measure: oneOf(MEASURES, query.measure),
    at: /^\d{4}-\d\d-\d\dT\d\d:00Z$/.test(query.at ?? '') ? query.at! : null,
    tz: query.tz === 'UTC' ? 'UTC' : null,
  }
}

/** A view as query parameters; what is the default is `null`. */
export function viewQuery(view: Partial<ServiceView>): Record<string, string | null> {
  return Object.fromEntries(
    KEYS.map((key) => [key, view[key] === undefined || view[key] === DEFAULT_VIEW[key] ? null : view[key]]),
  )
}

/** The query of a view: defaults left out, keys sorted; empty or beginning with `?`. */
export function queryOf(view: Partial<ServiceView>): string {
  const pairs = Object.entries(viewQuery(view)).flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${encodeURIComponent(value)}`],
  )
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

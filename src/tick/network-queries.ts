import { FULL_WEIGHT, type Heard } from '../detection/network-diversity.ts'
import { WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import type { SeriesKey } from './series.ts'

const at = (parameter: string) => `to_timestamp(${parameter} / 1000.0)`

const NETWORK_KEY = `coalesce('AS' || r.asn, r.wider_network)`
const IS_LIVE_OF_SERIES = `r.kind = 'problem' and r.observed_at is null and not r.is_hidden
  and (k.r = '${WORLD}' or r.region = k.r or r.region like k.r || '-%')`

export interface NetworkCounts extends Heard {
  /** The network that most of them come from: an autonomous system where the platform told it, else a /16 or /32. */
  largest: { key: string; reporters: number } | null
  /** The reports of the error type asked about; none where no type was asked about. */
  ofType: Heard & {
    /** In people, of all types and of this one: each report by its weight. */
    weightOfAll: number
    weight: number
  }
}

const NONE_OF_TYPE: NetworkCounts['ofType'] = { reporters: 0, networks: 0, widerNetworks: 0, weightOfAll: 0, weight: 0 }

/** Reports beyond this many say nothing new about diversity. */
const ENOUGH_REPORTS = 3_000

/** Distinct networks behind the first reports of series, each since its own instant, in the order asked. */
export async function networksSince(
  run: Run,
  series: readonly { key: SeriesKey; fromMs: number; errorType: string | null }[],
): Promise<NetworkCounts[]> {
  if (series.length === 0) return []
  const rows = await run<{
    n: number
    reporters: number
    networks: number
    wider: number
    key: string
    most: number
    of_type: number
    type_networks: number
    type_wider: number
    weight: number
    type_weight: number
  }>(
    `with heard as (
       select k.n, r.network, r.wider_network, ${NETWORK_KEY} as key, r.weight, r.error_type = k.e as is_of_type
       from json_to_recordset($1::text::json) as k(n int, s int, r text, f float8, e text)
       cross join lateral (
         select network, wider_network, asn, weight, error_type from reports r
         where r.service_id = k.s and r.received_at >= date_trunc('minute', ${at('k.f')}, 'UTC') and ${IS_LIVE_OF_SERIES}
         order by r.received_at limit ${ENOUGH_REPORTS}) r
     ), largest as (
       select distinct on (n) n, key, count(*)::int as most from heard group by n, key order by n, count(*) desc, key
     )
     select n, count(*)::int as reporters, count(distinct network)::int as networks, count(distinct wider_network)::int as wider,
       l.key, l.most, count(*) filter (where is_of_type)::int as of_type,
       count(distinct network) filter (where is_of_type)::int as type_networks,
       count(distinct wider_network) filter (where is_of_type)::int as type_wider,
       sum(weight)::float8 as weight, coalesce(sum(weight) filter (where is_of_type), 0)::float8 as type_weight
     from heard join largest l using (n) group by n, l.key, l.most`,
    [
      JSON.stringify(
        series.map(({ key, fromMs, errorType }, n) => ({ n, s: key.serviceId, r: key.scope, f: fromMs, e: errorType })),
      ),
    ],
  )
  const counts = series.map(
    (): NetworkCounts => ({ reporters: 0, networks: 0, widerNetworks: 0, largest: null, ofType: NONE_OF_TYPE }),
  )
  for (const { n, reporters, networks, wider, key, most, ...type } of rows)
    counts[n] = {
      reporters,
      networks,
      widerNetworks: wider,
      largest: { key, reporters: most },
      ofType: {
        reporters: type.of_type,
        networks: type.type_networks,
        widerNetworks: type.type_wider,
        weightOfAll: type.weight / FULL_WEIGHT,
        weight: type.type_weight / FULL_WEIGHT,
      },
    }
  return counts
}

/** How far back it is looked what part a network usually has; prefixes are known under their name of the day (UTC) alone. */
const USUAL_HOURS = 24

/** Reports of series in the day before each one's own instant, and how many of them came from a network, in the order asked. */
export async function networkUsually(
  run: Run,
  asked: readonly { key: SeriesKey; fromMs: number; network: string }[],
): Promise<{ reporters: number; ofNetwork: number }[]> {
  if (asked.length === 0) return []
  const keys = asked.map(({ key, fromMs, network }, n) => ({
    n,
    s: key.serviceId,
    r: key.scope,
    f: fromMs,
    w: network,
  }))
  const rows = await run<{ n: number; reporters: number; of_network: number }>(
    `select k.n, count(*)::int as reporters, count(*) filter (where r.key = k.w)::int as of_network
     from json_to_recordset($1::text::json) as k(n int, s int, r text, f float8, w text)
     cross join lateral (
       select ${NETWORK_KEY} as key from reports r
       where r.service_id = k.s and r.received_at < date_trunc('minute', ${at('k.f')}, 'UTC') and ${IS_LIVE_OF_SERIES}
         and r.received_at >= ${at('k.f')} - interval '${USUAL_HOURS} hours'
         and (r.asn is not null or r.received_at >= date_trunc('day', ${at('k.f')}, 'UTC'))
       order by r.received_at desc limit ${ENOUGH_REPORTS}) r
     group by k.n`,
    [JSON.stringify(keys)],
  )
  const usually = asked.map(() => ({ reporters: 0, ofNetwork: 0 }))
  for (const { n, reporters, of_network } of rows) usually[n] = { reporters, ofNetwork: of_network }
  return usually
}

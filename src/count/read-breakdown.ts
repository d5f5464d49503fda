import { levelOf, WORLD } from '../region/scope.ts'
import { ERROR_TYPES, type ErrorType } from '../report/error-type.ts'
import type { Run } from '../storage/database.ts'
import { countsByFeature, countsByScope, databaseNow, type ScopeCounts } from './queries.ts'
import { countriesToHide, UNPLACED } from './suppress.ts'
import { wilsonInterval } from './wilson.ts'

export interface Share<Key extends string> {
  key: Key
  /** `null` where the count is kept back. */
  count: number | null
  /** Of all problem reports of the window; `null` with the count. */
  share: number | null
}

/** Of what the reports of a window consist. */
export interface Breakdown {
  from: Date
  until: Date
  asOf: Date
  /** Problem reports, each person once per half hour. */
  problems: number
  /** "It works for me" votes. */
  ok: number
  errorTypes: Share<ErrorType>[]
  features: Share<string>[]
  /** Countries, most reports first; those kept back stand last, and some of them may have none. */
  regions: Share<string>[]
  /** Reports whose place is not known; `null` where kept back. */
  unplaced: number | null
  /** Share of problems among all who voted, which is no share of all users; `null` without votes. */
  affected: { share: number; lower: number; upper: number; voters: number } | null
  suppressed: number
}

/** Shares by error type, feature and country, over the last `windowMs`. */
export async function readBreakdown(run: Run, serviceId: number, windowMs: number): Promise<Breakdown> {
  const nowMs = await databaseNow(run)
  const window = { fromMs: nowMs - windowMs, untilMs: nowMs }
  const scopes = await countsByScope(run, serviceId, window)
  const features = await countsByFeature(run, serviceId, window)
  return breakDown(scopes, features, window)
}

/** @param scopes sums by scope; each report is in one country at most, and in the world */
export function breakDown(
  scopes: readonly ScopeCounts[],
  features: readonly { feature: string; reporters: number }[],
  window: { fromMs: number; untilMs: number },
): Breakdown {
  const world = scopes.find(({ scope }) => scope === WORLD)
  const problems = world?.reporters ?? 0
  const ok = world?.ok ?? 0
  const countries = new Map(
    scopes
      .filter(({ scope, reporters }) => levelOf(scope) === 'country' && reporters > 0)
      .map(({ scope, reporters }) => [scope, reporters]),
  )
  const placed = [...countries.values()].reduce((sum, count) => sum + count, 0)
  const unplaced = problems - placed
  const hidden = countriesToHide(countries, problems)
  const listed = new Set([...countries.keys(), ...hidden.keys()])
  listed.delete(UNPLACED)
  const share = <Key extends string>(key: Key, count: number | null): Share<Key> => ({
    key,
    count,
    share: count === null || problems === 0 ? null : count / problems,
  })
  const interval = wilsonInterval(problems, problems + ok)
  return {
    from: new Date(window.fromMs),
    until: new Date(window.untilMs),
    asOf: new Date(window.untilMs),
    problems,
    ok,
    errorTypes: ERROR_TYPES.map((type) => share(type, world?.byErrorType[type] ?? 0))
      .filter(({ count }) => count! > 0)
      .sort((a, b) => b.count! - a.count!),
    features: features
      .filter(({ reporters }) => reporters >= 3)
      .map(({ feature, reporters }) => share(feature, reporters)),
    regions: [...listed]
      .map((region) => share(region, hidden.has(region) ? null : countries.get(region)!))
      .sort((a, b) => (b.count ?? 0) - (a.count ?? 0) || (a.key < b.key ? -1 : 1)),
    unplaced: hidden.has(UNPLACED) ? null : unplaced,
    affected: interval === null ? null : { share: problems / (problems + ok), ...interval, voters: problems + ok },
    suppressed: hidden.size,
  }
}

import { createHash } from 'node:crypto'
import type { Ports } from '../ports.ts'
import { canonicalRegion } from '../region/region.ts'
import { identityOf, partnerIdentityOf, saltDays } from '../report/identity.ts'
import { NOWHERE, type Place, placeIn } from '../report/report.ts'
import { saltOf } from '../report/salts.ts'
import type { Run } from '../storage/database.ts'
import type { IncomingPlace } from './worker-platform.ts'

/** Salts by day, kept while the isolate lives. Values only: a promise belongs to the request that made it. */
export type SaltMemory = Map<string, string>

const MOST_SALTS = 3

/**
 * What the edge knows of who asks. Address and place are the platform's own word, which nobody can forge; whatever else a
 * request says of itself is not believed.
 */
export function createEdgeClients(
  run: Run,
  salts: SaltMemory,
  now: () => Date,
): Pick<Ports, 'identify' | 'identifyPartner' | 'locate' | 'clientKey'> {
  const keptSaltOf = async (day: string) => {
    const kept = salts.get(day)
    if (kept !== undefined) return kept
    const salt = await saltOf(run, day)
    salts.set(day, salt)
    for (const old of salts.keys()) if (salts.size > MOST_SALTS) salts.delete(old)
    return salt
  }
  const currentSalts = async (): Promise<[string, string | null]> => {
    const { day, otherDay } = saltDays(now())
    return [await keptSaltOf(day), otherDay === null ? null : await keptSaltOf(otherDay)]
  }
  return {
    identify: async (request) =>
      identityOf(addressOf(request), ...(await currentSalts()), incomingPlace(request).asn ?? null),
    identifyPartner: async (source, reporter) => partnerIdentityOf(source, reporter, ...(await currentSalts())),
    locate: (request) => placeOf(incomingPlace(request)),
    // Only the platform's limiter sees it, which knows the address anyway; all isolates must agree on it.
    clientKey: (request) => createHash('sha256').update(addressOf(request)).digest('base64url'),
  }
}

const addressOf = (request: Request) => request.headers.get('cf-connecting-ip') ?? '0.0.0.0'

const incomingPlace = (request: Request) => (request as Request & { cf?: IncomingPlace }).cf ?? {}

/** Countries that the platform made up (`XX` unknown, `T1` Tor) are none. */
export function placeOf({ country, regionCode }: IncomingPlace): Place {
  const known = country === undefined ? null : canonicalRegion(country)
  if (known === null || known.includes('-')) return NOWHERE
  return placeIn((regionCode ? canonicalRegion(`${known}-${regionCode}`) : null) ?? known)
}

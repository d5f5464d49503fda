import { createHmac, randomBytes } from 'node:crypto'
import type { Identity, Place } from '../ports.ts'
import { identityOf, partnerIdentityOf, saltDays } from '../report/identity.ts'
import { createSaltKeeper } from '../report/salts.ts'
import type { Run } from '../storage/database.ts'
import { clientAddress, parseRanges } from './client-address.ts'

export interface ClientKnowledge {
  identify(request: Request): Promise<Identity>
  identifyPartner(source: string, reporter: string): Promise<Identity>
  locate(request: Request): Place
  clientKey(request: Request): string
  /** Tells who sent a request; forgotten with it. */
  arrived(request: Request, socketAddress: string): void
}

/** What a server knows of who asks. The address stays in here: it is in no answer, on no disk and in no log. */
export function createClientKnowledge(
  run: Run,
  { trustedProxies, placeOf, now }: { trustedProxies: string[]; placeOf: (address: string) => Place; now: () => Date },
): ClientKnowledge {
  const trusted = parseRanges(trustedProxies)
  const addresses = new WeakMap<Request, string>()
  const saltOf = createSaltKeeper(run)
  const limiterKey = randomBytes(32)

  const salts = async (): Promise<[salt: string, otherSalt: string | null]> => {
    const { day, otherDay } = saltDays(now())
    return Promise.all([saltOf(day), otherDay === null ? null : saltOf(otherDay)])
  }
  const addressOf = (request: Request) =>
    clientAddress(addresses.get(request) ?? '0.0.0.0', request.headers.get('x-forwarded-for'), trusted)

  return {
    arrived: (request, socketAddress) => void addresses.set(request, socketAddress),
    identify: async (request) => identityOf(addressOf(request), ...(await salts()), null),
    identifyPartner: async (source, reporter) => partnerIdentityOf(source, reporter, ...(await salts())),
    locate: (request) => placeOf(addressOf(request)),
    clientKey: (request) => createHmac('sha1', limiterKey).update(addressOf(request)).digest('base64url'),
  }
}

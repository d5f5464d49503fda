import { createHmac, randomBytes } from 'node:crypto'
import type { Identity, Place } from '../ports.ts'
import { identityOf, partnerIdentityOf, saltDays } from '../report/identity.ts'
import { createSaltKeeper } from '../report/salts.ts'
import type { Run } from '../storage/database.ts'
import { MINUTE } from '../time.ts'
import { clientAddress, parseRanges } from './client-address.ts'

export interface ClientKnowledge {
  identify(request: Request): Promise<Identity>
  identifyPartner(source: string, reporter: string): Promise<Identity>
  locate(request: Request): Place
  clientKey(request: Request): string
  /** Waits for the salts of the day, if the database has them; replicas know a client by the same key from then on. */
  ready(): Promise<void>
  /** Tells who sent a request; forgotten with it. */
  arrived(request: Request, socketAddress: string): void
}

/** What a server knows of who asks. The address stays in here: it is in no answer, on no disk and in no log. */
export function createClientKnowledge(
  run: Run,
  { trustedProxies, placeOf, now }: { trustedProxies: string[]; placeOf: (address: string) => Place; now: () => Date },
): ClientKnowledge {
  const trusted = parseRanges(trustedProxies)
  const socketAddresses = new WeakMap<Request, string>()
  const addresses = new WeakMap<Request, string>()
  const saltOf = createSaltKeeper(run)
  /** What limits know an address by: the day's salt, so that replicas agree and nobody can tell it later. */
  let limiterKey: string = randomBytes(32).toString('base64')

  /** Worked out once a request, and only for one that asks. */
  const addressOf = (request: Request) => {
    const known = addresses.get(request)
    if (known !== undefined) return known
    const socketAddress = socketAddresses.get(request) ?? '0.0.0.0'
    const address = clientAddress(socketAddress, request.headers.get('x-forwarded-for'), trusted)
    addresses.set(request, address)
    return address
  }

  const saltsAt = async (at: Date) => {
    const { day, otherDay } = saltDays(at)
    return Promise.all([saltOf(day), otherDay === null ? null : saltOf(otherDay)])
  }
  let salts: { minute: number; both: ReturnType<typeof saltsAt> } | null = null
  /** Which salts are in force changes on whole minutes only. */
  const currentSalts = () => {
    const at = now()
    const minute = Math.floor(at.getTime() / MINUTE)
    if (salts?.minute !== minute) {
      salts = { minute, both: saltsAt(at) }
      salts.both.then(
        ([salt]) => (limiterKey = salt),
        // The next request asks again.
        () => (salts = null),
      )
    }
    return salts.both
  }

  return {
    arrived: (request, socketAddress) => void socketAddresses.set(request, socketAddress),
    async identify(request) {
      const [salt, otherSalt] = await currentSalts()
      return identityOf(addressOf(request), salt, otherSalt, null)
    },
    identifyPartner: async (source, reporter) => partnerIdentityOf(source, reporter, ...(await currentSalts())),
    locate: (request) => placeOf(addressOf(request)),
    clientKey(request) {
      void currentSalts().catch(() => {})
      return createHmac('sha1', limiterKey)
        .update(`limit ${addressOf(request)}`)
        .digest('base64url')
    },
    ready: async () => void (await currentSalts().catch(() => {})),
  }
}

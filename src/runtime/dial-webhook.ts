import type { LookupAddress, LookupOptions, lookup } from 'node:dns'
import { Resolver } from 'node:dns/promises'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { addressOf, checkWebhookUrl, isPublicAddress } from '../alert/address-guard.ts'
import type { AttemptOutcome, DialFailure } from '../alert/delivery-policy.ts'
import type { Dial } from '../ports.ts'

/** Bytes of an answer that are read before the connection is cut; nobody looks at them. */
const MAX_ANSWER_BYTES = 16 * 1024
const MAX_HEADER_BYTES = 16 * 1024

/** Asks name servers by itself: the system's look-up has four threads, and four slow names would keep all others waiting. */
const resolver = new Resolver({ timeout: 3_000, tries: 2 })

class ForbiddenAddress extends Error {}

type LookupCallback = (error: Error | null, address: string | LookupAddress[], family?: number) => void

/**
 * Resolves a name and lets only public addresses through. The connection is made to what this gives, so the address that was
 * checked is the one that is dialled: a second look-up, which could answer otherwise, never happens.
 */
export function guardedLookup(hostname: string, options: LookupOptions, callback: LookupCallback): void {
  void resolveAll(hostname).then(
    (addresses) => {
      const open = addresses.filter(({ address }) => isPublicAddress(address))
      const first = open[0]
      if (first === undefined) callback(new ForbiddenAddress(hostname), [])
      else if (options.all) callback(null, open)
      else callback(null, first.address, first.family)
    },
    (error: Error) => callback(error, []),
  )
}

async function resolveAll(hostname: string): Promise<LookupAddress[]> {
  const [v4, v6] = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  const addresses = [
    ...(v4.status === 'fulfilled' ? v4.value.map((address) => ({ address, family: 4 })) : []),
    ...(v6.status === 'fulfilled' ? v6.value.map((address) => ({ address, family: 6 })) : []),
  ]
  if (addresses.length === 0 && v4.status === 'rejected') throw v4.reason
  return addresses
}

/** Dials by Node's own HTTP client, which follows no redirect. @param allowPrivate for tests and closed networks */
export function createDial({ allowPrivate }: { allowPrivate: boolean }): Dial {
  return ({ url: text, headers, body, timeoutMs }) =>
    new Promise<AttemptOutcome>((resolve) => {
      const check = checkWebhookUrl(text, { allowPrivate })
      const literal = check.isAllowed ? addressOf(check.url.hostname) : null
      // A literal address is never looked up, so it is checked here.
      if (!check.isAllowed || (literal !== null && !allowPrivate && !isPublicAddress(literal)))
        return resolve({ kind: 'failed', failure: 'forbidden-address' })
      const { url } = check
      const signal = AbortSignal.timeout(timeoutMs)
      const fail = (error: Error) => resolve({ kind: 'failed', failure: signal.aborted ? 'timeout' : failureOf(error) })
      try {
        const request = (url.protocol === 'https:' ? https : http).request(url, {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          signal,
          // No connection is kept: one that was checked for a name must not serve another look-up of it.
          agent: false,
          maxHeaderSize: MAX_HEADER_BYTES,
          ...(allowPrivate ? {} : { lookup: guardedLookup as typeof lookup }),
        })
        request.on('response', (response) => resolve(outcomeOf(response)))
        request.on('error', fail)
        request.end(body)
      } catch (error) {
        fail(error as Error)
      }
    })
}

/** The status decides, and it is known; the body is taken off the wire within bounds. */
function outcomeOf(response: IncomingMessage): AttemptOutcome {
  let bytes = 0
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > MAX_ANSWER_BYTES) response.destroy()
  })
  response.on('error', () => {})
  return { kind: 'answered', status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? null }
}

function failureOf(error: Error & { code?: string }): DialFailure {
  if (error instanceof ForbiddenAddress) return 'forbidden-address'
  const code = error.code ?? ''
  if (code === 'HPE_HEADER_OVERFLOW') return 'too-large'
  if (/^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT|EBADRESP|EBADNAME)/.test(code)) return 'dns'
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code)) return 'tls'
  if (code === 'ETIMEDOUT') return 'timeout'
  return 'connection'
}

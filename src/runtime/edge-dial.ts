import { checkWebhookUrl } from '../alert/address-guard.ts'
import type { Dial } from '../ports.ts'

/** Dials through the platform, whose Workers reach public addresses only, whatever a name resolves to. */
export const dialFromEdge: Dial = async ({ url, headers, body, timeoutMs }) => {
  const check = checkWebhookUrl(url, { allowPrivate: false })
  if (!check.isAllowed) return { kind: 'failed', failure: 'forbidden-address' }
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const response = await fetch(check.url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await response.body?.cancel()
    return { kind: 'answered', status: response.status, retryAfter: response.headers.get('retry-after') }
  } catch {
    return { kind: 'failed', failure: signal.aborted ? 'timeout' : 'connection' }
  }
}

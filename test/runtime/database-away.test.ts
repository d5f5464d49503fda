import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { type Outcry, startOnNode } from '../support/outcry.ts'
import { type SeverableProxy, startSeverableProxy } from '../support/severable-proxy.ts'
import { usePostgresUrl } from '../support/storage.ts'

describe('while the database is away', () => {
  const databaseUrl = usePostgresUrl()
  let proxy: SeverableProxy
  let storage: Storage
  let outcry: Outcry

  beforeAll(async () => {
    proxy = await startSeverableProxy(databaseUrl())
    storage = openPostgres(proxy.url)
    outcry = await startOnNode(storage)
    // Who reports first pays for the salt of the day.
    await outcry.post({ service: outcry.freshService().slug, errorType: 'slow' })
  })
  afterEach(() => proxy.mend())
  afterAll(async () => {
    await outcry?.stop()
    await storage?.close(1)
    await proxy?.stop()
  })

  const report = async () => {
    const startedMs = performance.now()
    const response = await outcry.post({ service: outcry.freshService().slug, errorType: 'slow' })
    return { response, seconds: (performance.now() - startedMs) / 1000 }
  }
  const expectBusy = ({ response, seconds }: Awaited<ReturnType<typeof report>>) => {
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(seconds).toBeLessThan(10)
  }
  /** Asks until it succeeds. */
  const recovered = async () => {
    const deadline = performance.now() + 15_000
    while (performance.now() < deadline) {
      const { response } = await report()
      if (response.status === 201) return
    }
    throw new Error('no report was taken within 15 s of its return')
  }

  test('reports are answered 503 with Retry-After, and taken again once it is back', async () => {
    await proxy.cut()
    for (const answer of await Promise.all(Array.from({ length: 20 }, report))) expectBusy(answer)
    await proxy.mend()
    await recovered()
  })

  test('what was read before is read again, and what was not is answered 503', async () => {
    const known = `/v1/services/${outcry.freshService().slug}`
    const first = await outcry.get(known)
    await proxy.cut()
    const deadline = performance.now() + 2_500
    while (performance.now() < deadline) {
      const again = await outcry.get(known)
      expect(again.status).toBe(200)
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'))
      expect(again.headers.get('cache-control')).toBe(first.headers.get('cache-control'))
    }
    const unknown = await outcry.get(`/v1/services/${outcry.freshService().slug}`)
    expect(unknown.status).toBe(503)
    expect(unknown.headers.get('retry-after')).toBe('5')
    const page = await outcry.get(`/s/${outcry.freshService().slug}`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(503)
    expect(page.headers.get('content-type')).toContain('text/html')
    expect((await outcry.get('/readyz')).status).toBe(503)
    expect((await outcry.get('/healthz')).status).toBe(200)
  })

  test('one that takes the statement and never answers is given up within ten seconds, and asked anew once it is back', async () => {
    await recovered()
    proxy.stall()
    for (const answer of await Promise.all(Array.from({ length: 20 }, report))) expectBusy(answer)
    await proxy.mend()
    await recovered()
  })
})

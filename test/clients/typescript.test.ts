import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Event } from '../../clients/typescript/src/api.ts'
import { Outcry, OutcryError } from '../../clients/typescript/src/client.ts'
import { verifyWebhook } from '../../clients/typescript/src/verify-webhook.ts'
import { buildDocument } from '../../src/openapi/document.ts'
import { writeTypes } from '../../src/openapi/write-types.ts'
import type { RunningServer } from '../../src/runtime/node.ts'
import type { Storage } from '../../src/storage/database.ts'
import { addService, spikeEvent, tellEvents } from '../support/build-events.ts'
import { ADMIN_KEY } from '../support/program-ports.ts'
import { startReceiver } from '../support/receiver.ts'
import { useRunningServer } from '../support/running-server.ts'

test('the types are those of the document', () => {
  const essence = (text: string) => text.replace(/[\s|;,]/g, '')
  const written = readFileSync('clients/typescript/src/api.ts', 'utf8')
  expect(essence(written)).toBe(essence(writeTypes(buildDocument('http://localhost:8787', '0.1.0'))))
})

describe('the TypeScript client, against a running instance', () => {
  const running = useRunningServer(async ({ run }) => {
    for (const slug of ['mail', 'chat', 'video']) await addService(run, slug)
  })
  let server: RunningServer
  let storage: Storage
  beforeAll(() => {
    ;({ server, storage } = running())
  })

  test('makes typed calls, and takes unchanged answers from memory', async () => {
    const asked: string[] = []
    const outcry = new Outcry({
      baseUrl: `${server.url}/`,
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        asked.push(`${String(input).slice(server.url.length)} ${response.status}`)
        return response
      },
    })
    const first = await outcry.call('getOpenapi')
    expect(await outcry.call('getOpenapi')).toBe(first)
    expect(asked).toEqual(['/v1/openapi.json 200', '/v1/openapi.json 304'])
    const { state, slug } = await outcry.call('getService', { slug: 'mail' })
    expect([slug, state]).toEqual(['mail', 'unknown'])
    expect(await outcry.call('getAtomFeed')).toContain('<feed')
  })

  test('walks lists page by page', async () => {
    const outcry = new Outcry({ baseUrl: server.url })
    const slugs: string[] = []
    for await (const { slug } of outcry.items('listServices', { limit: 1 })) slugs.push(slug)
    expect(slugs).toEqual(['chat', 'mail', 'video'])
  })

  test('tells failures with the problem, and when to come back', async () => {
    const outcry = new Outcry({ baseUrl: server.url, key: 'outcry_live_nonsense' })
    const failure = await outcry.call('listWebhooks').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(OutcryError)
    expect(failure).toMatchObject({
      status: 401,
      problem: { type: 'urn:outcry:problem:unauthorized' },
      retryAfterSeconds: null,
    })
  })

  test('follows the stream over breaks without losing or repeating an event', async () => {
    const signal = new AbortController()
    let connections = 0
    const outcry = new Outcry({
      baseUrl: server.url,
      // Each connection breaks after a few kilobytes, in the middle of an event.
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        if (!String(input).includes('/stream')) return response
        connections++
        let bytes = 0
        const cut = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            const rest = 5_000 - bytes
            bytes += chunk.byteLength
            controller.enqueue(chunk.slice(0, Math.max(0, rest)))
            if (bytes >= 5_000) controller.error(new Error('cut'))
          },
        })
        return new Response(response.body!.pipeThrough(cut), response)
      },
    })
    await tellEvents(
      storage,
      Array.from({ length: 20 }, () => spikeEvent()),
    )
    const seen: Event[] = []
    for await (const event of outcry.events({ cursor: '0', service: 'mail', signal: signal.signal })) {
      seen.push(event)
      if (seen.length === 20) await tellEvents(storage, [spikeEvent({ service: 'chat' }), spikeEvent()])
      if (seen.length === 21) break
    }
    expect(seen.map(({ id }) => Number(id))).toEqual([...Array.from({ length: 20 }, (_, n) => n + 1), 22])
    expect(connections).toBeGreaterThan(2)
    signal.abort()
  })

  test('a stream that is refused for good throws', async () => {
    const outcry = new Outcry({ baseUrl: server.url })
    await expect(outcry.events({ type: 'nonsense' }).next()).rejects.toMatchObject({ status: 400 })
  })

  test('registers a webhook, and verifies what it is told', async () => {
    const receiver = await startReceiver()
    const operator = new Outcry({ baseUrl: server.url, key: ADMIN_KEY })
    const { key } = await operator.call('issueKey', { body: { name: 'client', scopes: ['webhooks'] } })
    const outcry = new Outcry({ baseUrl: server.url, key })
    const { id, secret } = await outcry.call('createWebhook', {
      body: { url: receiver.url, filter: { services: ['video'] } },
    })
    await tellEvents(storage, [spikeEvent({ service: 'video', observed: 123 })])
    await receiver.has(1)
    const { body, headers } = receiver.received[0]!
    expect(await verifyWebhook(body, headers, secret)).toMatchObject({ type: 'spike.opened', data: { observed: 123 } })
    const forged = body.replace('123', '124')
    await expect(verifyWebhook(forged, headers, secret)).rejects.toThrow('no signature fits')
    await expect(verifyWebhook(body, headers, secret, new Date(Date.now() + 600_000))).rejects.toThrow('too old')
    await expect(verifyWebhook(body, {}, secret)).rejects.toThrow('missing')
    const { secret: next } = await outcry.call('rotateWebhookSecret', { id })
    await expect(verifyWebhook(body, headers, next)).rejects.toThrow('no signature fits')
    await outcry.call('deleteWebhook', { id })
    await receiver.close()
  })
})

import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createDial } from '../../src/runtime/dial-webhook.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'

const message = (url: string, timeoutMs = 2_000) => ({
  url,
  headers: { 'x-test': 'yes' },
  body: '{"a":"ä"}',
  timeoutMs,
})

describe('dialling a webhook', () => {
  let receiver: Receiver
  beforeEach(async () => {
    receiver = await startReceiver()
  })
  afterEach(() => receiver.close())
  const dial = createDial({ allowPrivate: true })

  test('posts headers and body, and gives status and Retry-After', async () => {
    receiver.answer = (_, response) => void response.writeHead(429, { 'retry-after': '7' }).end('slow down')
    expect(await dial(message(receiver.url))).toEqual({ kind: 'answered', status: 429, retryAfter: '7' })
    expect(receiver.received).toMatchObject([
      { headers: { 'x-test': 'yes', 'content-length': '10' }, body: '{"a":"ä"}' },
    ])
  })

  test('a receiver that says nothing is given up after the timeout', async () => {
    receiver.answer = () => {}
    expect(await dial(message(receiver.url, 100))).toEqual({ kind: 'failed', failure: 'timeout' })
  })

  test('an answer without end is cut off; its status counts', async () => {
    const cut = new Promise<void>((resolve) => {
      receiver.answer = (_, response) => {
        response.on('close', () => resolve())
        response.writeHead(200)
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(8192))) {}
        }
        response.on('drain', more)
        more()
      }
    })
    expect(await dial(message(receiver.url))).toMatchObject({ kind: 'answered', status: 200 })
    await cut
  })

  test('headers without measure are refused', async () => {
    receiver.answer = (_, response) => void response.writeHead(200, { 'x-long': 'x'.repeat(20_000) }).end()
    expect(await dial(message(receiver.url))).toEqual({ kind: 'failed', failure: 'too-large' })
  })

  test('nobody there, no such name, no TLS: each is named', async () => {
    const { url } = receiver
    await receiver.close()
    expect(await dial(message(url))).toEqual({ kind: 'failed', failure: 'connection' })
    receiver = await startReceiver()
    expect(await dial(message(receiver.url.replace('http:', 'https:')))).toEqual({ kind: 'failed', failure: 'tls' })
  })

  test.each([
    'http://127.0.0.1:PORT/',
    'http://0x7f.1:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://localhost:PORT/',
    'http://169.254.169.254/',
  ])('without leave, %s is never connected to', async (url) => {
    const port = new URL(receiver.url).port
    const outcome = await createDial({ allowPrivate: false })(message(url.replace('PORT', port)))
    expect(outcome).toEqual({ kind: 'failed', failure: 'forbidden-address' })
    expect(receiver.received).toEqual([])
  })
})

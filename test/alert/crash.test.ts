import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { spikeEvent, tellEvents } from '../support/build-events.ts'
import { freePort } from '../support/postgres-server.ts'
import { ADMIN_KEY } from '../support/program-ports.ts'
import { SseReader } from '../support/read-sse.ts'
import { type Receiver, startReceiver } from '../support/receiver.ts'
import { usePostgresUrl } from '../support/storage.ts'

const PROGRAM = 'dist/outcry.js'

const url = usePostgresUrl()
let storage: Storage
let receiver: Receiver
const running = new Set<ChildProcess>()

beforeAll(async () => {
  if (!existsSync(PROGRAM)) throw new Error('npm run build comes before this test')
  storage = openPostgres(url())
  receiver = await startReceiver()
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await storage.close()
  await receiver.close()
})

async function startProgram(port: number): Promise<ChildProcess> {
  const env = {
    PATH: process.env.PATH,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: url(),
    ADMIN_KEY,
    WEBHOOK_ALLOW_PRIVATE: '1',
    // A message whose sender was killed is taken anew when its lease ends: twice this and ten seconds.
    WEBHOOK_TIMEOUT_MS: '1000',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, [PROGRAM, 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  child.once('exit', () => running.delete(child))
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk) => String(chunk).includes('answers on') && resolve())
    child.once('exit', () => reject(new Error('the program ended at its start')))
  })
  return child
}

test('kill -9 in the middle of deliveries and streams loses no event', async () => {
  const port = await freePort()
  const ask = async (path: string, key: string, body: unknown) =>
    (await (
      await fetch(`http://127.0.0.1:${port}${path}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    ).json()) as Record<string, string>
  const follow = async (lastId: string) =>
    new SseReader(await fetch(`http://127.0.0.1:${port}/v1/spikes/stream`, { headers: { 'last-event-id': lastId } }))

  let program = await startProgram(port)
  const { key } = await ask('/v1/admin/keys', ADMIN_KEY, { name: 'crash', scopes: ['webhooks'] })
  await ask('/v1/webhooks', key!, { url: receiver.url })
  const streamed: string[] = []
  let told = 0
  let lastId = '0'
  for (let round = 1; round <= 3; round++) {
    const stream = await follow(lastId)
    await tellEvents(
      storage,
      Array.from({ length: 40 }, () => spikeEvent()),
    )
    told += 40
    for (const { id } of await stream.take(10)) streamed.push(id!)
    lastId = streamed.at(-1)!
    await receiver.has((round - 1) * 40 + 5)
    program.kill('SIGKILL')
    await once(program, 'exit')
    await stream.close().catch(() => {})
    program = await startProgram(port)
  }
  const stream = await follow(lastId)
  for (const { id } of await stream.take(told - streamed.length)) streamed.push(id!)
  expect(streamed).toEqual(Array.from({ length: told }, (_, n) => String(n + 1)))
  await stream.close()

  const delivered = () => new Set(receiver.received.map(({ headers }) => headers['webhook-id']))
  while (delivered().size < told) await receiver.has(receiver.received.length + 1)
  expect([...delivered()].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: told }, (_, n) => n + 1))
  // Only what was under way when the program was killed may come twice, under its old id.
  expect(receiver.received.length - told).toBeLessThanOrEqual(3 * 4)
  program.kill('SIGTERM')
  await once(program, 'exit')
}, 120_000)

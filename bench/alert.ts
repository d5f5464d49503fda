/**
 * How fast programs are told: from a report to the alarm and on to a stream and a webhook; from the event log to a thousand
 * webhooks; and to ten thousand readers of the stream, with the memory that they cost. The program runs as it is served, on
 * PostgreSQL with fsync, beside this one on the same machine. Run: node bench/run.mjs alert [READERS] [WEBHOOKS]
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type AddressInfo, createConnection, type Socket } from 'node:net'
import { appendEvents } from '../src/incident/queries.ts'
import type { Spike } from '../src/incident/spike.ts'
import { readMigrations } from '../src/runtime/project-files.ts'
import type { Storage } from '../src/storage/database.ts'
import { migrate } from '../src/storage/migrate.ts'
import { openPostgres } from '../src/storage/open-postgres.ts'
import { spikeEvent } from '../test/support/build-events.ts'
import { freePort, startPostgres } from '../test/support/postgres-server.ts'
import { SimulatedWorld } from '../test/support/simulated-world.ts'

const READERS = Number(process.argv[2] ?? 10_000)
const WEBHOOKS = Number(process.argv[3] ?? 1_000)
const OUTAGES = 12
const ROUNDS = 20
const ADMIN_KEY = 'key-of-the-measurement'

const now = () => performance.timeOrigin + performance.now()
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

function quantiles(values: number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN)
  return `median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms (${sorted.length})`
}

interface Program {
  child: ChildProcess
  port: number
  memoryMb(): number
}

async function startProgram(databaseUrl: string): Promise<Program> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    ADMIN_KEY,
    WEBHOOK_ALLOW_PRIVATE: '1',
    // Readers and reporters come from addresses of their own.
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'error',
  }
  const child = spawn(process.execPath, ['dist/outcry.js', 'serve'], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>((resolve, reject) => {
    child.stdout!.on('data', (chunk) => String(chunk).includes('answers on') && resolve())
    child.once('exit', () => reject(new Error('the program ended at its start')))
  })
  const memoryMb = () =>
    Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1]) / 1024)
  return { child, port, memoryMb }
}

/** A receiver that notes when each message came, by its id. */
async function startReceiver() {
  const arrivals: { id: string; at: number; body: string }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    arrivals.push({ id: String(request.headers['webhook-id']), at: now(), body })
    response.writeHead(204).end()
  })
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 })
  await once(server, 'listening')
  return { server, arrivals, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

async function ask(port: number, path: string, key: string, body: unknown): Promise<Record<string, string>> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Record<string, string>
}

/** Opens one reader of the stream. @param heard is called with the time at which an event's id was first in what came */
function openReader(port: number, n: number, heard: (id: number, at: number) => void): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ port, host: '127.0.0.1' }, () => {
      socket.write(
        `GET /v1/spikes/stream HTTP/1.1\r\nHost: bench\r\nX-Forwarded-For: 10.${n >> 16}.${(n >> 8) & 255}.${n & 255}\r\n\r\n`,
      )
    })
    socket.once('data', (first) => {
      if (!String(first).startsWith('HTTP/1.1 200')) reject(new Error(String(first).slice(0, 200)))
      socket.on('data', (chunk) => {
        const at = now()
        for (const [, id] of String(chunk).matchAll(/id: (\d+)\nevent: /g)) heard(Number(id), at)
      })
      resolve(socket)
    })
    socket.on('error', reject)
  })
}

/** Appends an event as the tick does. @returns its id */
const tell = (storage: Storage, change: Partial<Spike> = {}): Promise<string> =>
  storage.transaction(async (run) => {
    await appendEvents(run, [spikeEvent(change)], new Date())
    const [head] = await run<{ id: string }>('select last_id::text as id from event_head')
    return head!.id
  })

const lastId = async (storage: Storage) =>
  (await storage.run<{ id: number }>('select last_id::float8 as id from event_head'))[0]!.id

async function measureOutages(storage: Storage, program: Program, services: string[], key: string) {
  const receiver = await startReceiver()
  const webhook = await ask(program.port, '/v1/webhooks', key, {
    url: receiver.url,
    filter: { types: ['spike.opened'] },
  })
  const told = new Map<number, number>()
  const reader = await openReader(program.port, 1, (id, at) => void told.set(id, at))
  const alarms: number[] = []
  const streams: number[] = []
  const webhooks: number[] = []
  for (const [n, service] of services.entries()) {
    const seen = await lastId(storage)
    const reports = Array.from({ length: 40 }, (_, person) =>
      fetch(`http://127.0.0.1:${program.port}/v1/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': `${20 + n}.${person}.${person * 3}.7` },
        body: JSON.stringify({ service, errorType: 'unavailable', region: 'US-TX' }),
      }),
    )
    await Promise.all(reports)
    const reportedAt = now()
    let event: { id: number; at: number } | undefined
    while (event === undefined) {
      await wait(5)
      ;[event] = await storage.run<{ id: number; at: number }>(
        `select id::float8 as id, (extract(epoch from at) * 1000)::float8 as at from events
         where type = 'spike.opened' and service = $1 and id > $2::bigint order by events.id limit 1`,
        [service, seen],
      )
    }
    alarms.push(now() - reportedAt)
    while (!told.has(event.id) || !receiver.arrivals.some(({ id }) => id === String(event!.id))) await wait(2)
    streams.push(told.get(event.id)! - reportedAt)
    webhooks.push(receiver.arrivals.find(({ id }) => id === String(event!.id))!.at - reportedAt)
  }
  console.log(`report to alarm in the log   ${quantiles(alarms)}`)
  console.log(`report to reader of stream   ${quantiles(streams)}`)
  console.log(`report to webhook            ${quantiles(webhooks)}`)
  reader.destroy()
  await storage.run('delete from webhooks where id = $1', [webhook.id])
  receiver.server.close()
}

async function measureWebhooks(storage: Storage, program: Program, key: string) {
  const receiver = await startReceiver()
  // The outages of before go on, and are told as well: their changes would stand in the way of what is measured.
  await ask(program.port, '/v1/webhooks', key, { url: receiver.url, filter: { types: ['spike.opened'] } })
  await storage.run(
    `insert into webhooks (id, key_id, url, secrets, filter, state, since_event)
     select id || n, key_id, url || n, secrets, filter, state, since_event from webhooks, generate_series(2, $1::int) n`,
    [WEBHOOKS],
  )
  const delays: number[] = []
  const wholes: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    receiver.arrivals.length = 0
    const id = await tell(storage)
    const committedAt = now()
    const own = () => receiver.arrivals.filter((arrival) => arrival.id === id).map(({ at }) => at - committedAt)
    while (own().length < WEBHOOKS) await wait(5)
    delays.push(...own())
    wholes.push(Math.max(...own()))
  }
  console.log(`event to one of ${WEBHOOKS} webhooks  ${quantiles(delays)}`)
  console.log(
    `event to all of them         ${quantiles(wholes)}, ${Math.round((WEBHOOKS * ROUNDS * 1000) / wholes.reduce((a, b) => a + b))} a second`,
  )
  const [tries] = await storage.run<{ failed: number; kinds: string | null }>(
    `select count(*)::int as failed, string_agg(distinct tried->>'failure', ', ') as kinds
     from webhook_deliveries, jsonb_array_elements(log) tried where tried->>'failure' is not null`,
  )
  if (tries!.failed > 0)
    console.log(`  of these ${tries!.failed} attempts failed (${tries!.kinds}) and were made again`)
  await storage.run('delete from webhooks')
  receiver.server.close()
}

async function measureStreams(storage: Storage, program: Program) {
  const before = program.memoryMb()
  let delays: number[] = []
  let committedAt = 0
  const sockets: Socket[] = []
  for (let n = 0; n < READERS; n += 200)
    sockets.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(200, READERS - n) }, (_, k) =>
          openReader(program.port, n + k + 2, (_, at) => delays.push(at - committedAt)),
        ),
      )),
    )
  await wait(20_000)
  console.log(`${READERS} idle readers          ${program.memoryMb()} MB in all, ${before} MB without them`)
  const all: number[] = []
  const wholes: number[] = []
  for (let round = 0; round < 10; round++) {
    delays = []
    committedAt = now()
    await tell(storage)
    committedAt = now()
    while (delays.length < READERS) await wait(5)
    all.push(...delays)
    wholes.push(Math.max(...delays))
  }
  console.log(`event to one of ${READERS} readers  ${quantiles(all)}`)
  console.log(`event to all of them         ${quantiles(wholes)}; ${program.memoryMb()} MB`)
  for (const socket of sockets) socket.destroy()
}

const database = await startPostgres({ durable: true })
const storage = openPostgres(database.url)
try {
  await migrate(storage, readMigrations())
  const world = new SimulatedWorld(storage)
  await world.begin({ hoursAgo: 0 })
  const services = Array.from({ length: OUTAGES }, (_, n) => `measured-${n}`)
  for (const service of services) await world.addHistory(await world.addService(service), ['world', 'US', 'US-TX'], 0.3)
  const program = await startProgram(database.url)
  try {
    const { key } = await ask(program.port, '/v1/admin/keys', ADMIN_KEY, { name: 'measurement', scopes: ['webhooks'] })
    // The first tick takes in the history.
    await wait(8_000)
    await measureOutages(storage, program, services, key!)
    await measureWebhooks(storage, program, key!)
    await measureStreams(storage, program)
  } finally {
    program.child.kill('SIGTERM')
    await once(program.child, 'exit')
  }
} finally {
  await storage.close(1)
  await database.stop()
}

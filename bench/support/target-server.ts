/** One server under measurement, in a process of its own: the program itself, or something smaller to hold it against. */
import { createServer } from 'node:http'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import pino from 'pino'
import { openStorage } from '../../src/cli/open-storage.ts'
import { readSettings } from '../../src/cli/settings.ts'
import { parse } from '../../src/http/validate.ts'
import { ReportBody } from '../../src/report/routes.ts'
import { startServer } from '../../src/runtime/node.ts'
import type { TargetAnswer, TargetKind, TargetReady, TargetUsage } from './target.ts'

const BARE_ANSWER = JSON.stringify({ ok: true })

/** Gives the port. */
const KINDS: Record<TargetKind, () => Promise<number>> = {
  outcry: () => startOutcry(true),
  'outcry-without-storing': () => startOutcry(false),
  'hono-validating': async () =>
    listenHono(
      new Hono().post('/v1/reports', async (c) => {
        const { service, region } = parse(ReportBody, JSON.parse(await c.req.text()), 'report')
        return c.json({ id: crypto.randomUUID(), service, region, counted: true, receivedAt: new Date() }, 201)
      }),
    ),
  'hono-answering': async () => {
    const { status, headers, body } = JSON.parse(process.env.ANSWER!) as TargetAnswer
    const bytes = Uint8Array.from(Buffer.from(body ?? '', 'base64'))
    return listenHono(
      new Hono().get('*', (c) => (status === 304 ? c.body(null, 304, headers) : c.body(bytes, 200, headers))),
    )
  },
  'node-http': () =>
    new Promise((resolve) => {
      const server = createServer((request, response) => {
        request.resume()
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': BARE_ANSWER.length })
        response.end(BARE_ANSWER)
      })
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    }),
}

const QUERY_METHODS = new Set<string | symbol>([
  'select',
  'selectDistinct',
  'execute',
  'transaction',
  'query',
  '$with',
  '$count',
])

let queries = 0

async function startOutcry(isStoring: boolean): Promise<number> {
  const settings = readSettings(process.env)
  const storage = await openStorage(settings)
  const counting: typeof storage = {
    ...storage,
    db: new Proxy(storage.db, {
      get: (db, name) => {
        if (QUERY_METHODS.has(name)) queries++
        return Reflect.get(db, name)
      },
    }),
    run: (text, parameters) => {
      queries++
      return storage.run(text, parameters)
    },
  }
  const server = await startServer(counting, settings, pino({ level: settings.LOG_LEVEL }))
  if (!isStoring) server.ports.takeReport = async ({ id }) => ({ id, isCounted: true, receivedAtMs: Date.now() })
  // Without it, every statement is one that a request asked for.
  if (process.env.TICK !== 'off') server.begin()
  return Number(new URL(server.url).port)
}

function listenHono(app: Hono): Promise<number> {
  return new Promise((resolve) => {
    serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => resolve(port))
  })
}

const port = await KINDS[process.env.TARGET as TargetKind]()
process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send!({ cpuMs: (user + system) / 1000, queries } satisfies TargetUsage)
})
process.on('disconnect', () => process.exit())
process.on('SIGTERM', () => process.exit())
process.send!({ port } satisfies TargetReady)

/**
 * Cached answers a second, beside a bare Hono answer of the same size, in interleaved rounds of one run; and the database statements
 * that 10,000 requests cost.
 *
 *   node bench/run.mjs reading [--rounds 7] [--seconds 1] [--connections 64]
 */
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/support/postgres-server.ts'
import { median, startLoadSource } from './support/load.ts'
import { startTarget, type Target } from './support/target.ts'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    seconds: { type: 'string', default: '1' },
    connections: { type: 'string', default: '64' },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const connections = Number(values.connections)

const PAGES = {
  'list of services': '/v1/services?limit=50',
  'one service': '/v1/services/exchange-online',
  heatmap: '/v1/heatmap?service=exchange-online&window=1h',
  'time series of a day': '/v1/services/exchange-online/timeseries?step=5m',
  'home page': '/',
}

const postgres = await startPostgres()
const source = startLoadSource()
const started: Target[] = []

async function target(...given: Parameters<typeof startTarget>): Promise<Target> {
  const one = await startTarget(...given)
  started.push(one)
  return one
}

const get = (path: string, headers: string[] = []) =>
  [`GET ${path} HTTP/1.1`, 'host: 127.0.0.1', 'accept-encoding: gzip, deflate, br', ...headers, '', ''].join('\r\n')

/** Some reports on many services, so that answers have something to say. */
async function reportSome(port: number): Promise<void> {
  const regions = ['US-TX', 'US-CA', 'US-NY', 'US-FL', 'GB-ENG', 'DE-BY', 'FR-IDF', 'IN-MH', 'BR-SP', 'JP-13']
  const requests = regions.flatMap((region) =>
    ['exchange-online', 'gmail', 'github', 'slack'].map((service) => {
      const body = JSON.stringify({ service, errorType: 'timeout', region })
      return `POST /v1/reports HTTP/1.1\r\nhost: 127.0.0.1\r\nx-forwarded-for: {address}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`
    }),
  )
  await source.run({ port, requests, connections: 16, seconds: 10, most: 2_000 })
}

async function compare(name: string, port: number, path: string, isConditional: boolean): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { 'accept-encoding': 'gzip' } })
  if (response.status !== 200) {
    console.log(`${name.padEnd(34)} answers ${response.status}`)
    return
  }
  const request = get(path, isConditional ? ['if-none-match: *'] : [])
  const probe = await source.run({ port, requests: [request], connections: 1, seconds: 5, most: 1 })
  const headBytes = 400
  const bytes = isConditional ? 0 : Math.max(0, probe.bytes - headBytes)
  const bare = await target('hono-answering', {
    BODY_BYTES: String(bytes),
    BODY_TYPE: response.headers.get('content-type') ?? 'text/plain',
    BODY_STATUS: isConditional ? '304' : '200',
  })
  const run = (to: number) => source.run({ port: to, requests: [request], connections, seconds })
  const ratios: number[] = []
  const speeds: number[] = []
  const p99s: number[] = []
  for (let round = 0; round <= rounds; round++) {
    const ours = await run(port)
    const theirs = await run(bare.port)
    if (ours.unanswered > 0 || ours.statuses[isConditional ? 304 : 200] !== ours.answered)
      throw new Error(`${path}: ${JSON.stringify(ours)}`)
    if (round === 0) continue
    ratios.push(ours.perSecond / theirs.perSecond)
    speeds.push(ours.perSecond)
    p99s.push(ours.p99Ms)
  }
  console.log(
    `${name.padEnd(34)}${String(bytes).padStart(8)}${median(speeds).toFixed(0).padStart(9)}${median(p99s).toFixed(1).padStart(9)}${median(ratios).toFixed(2).padStart(9)}  [${Math.min(...ratios).toFixed(2)}-${Math.max(...ratios).toFixed(2)}]`,
  )
}

try {
  const outcry = await target('outcry', { DATABASE_URL: postgres.url, TRUSTED_PROXIES: '127.0.0.1', TICK: 'off' })
  await reportSome(outcry.port)
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections; medians; sizes as sent, compressed`)
  console.log(
    `${'what'.padEnd(34)}${'bytes'.padStart(8)}${'per s'.padStart(9)}${'p99 ms'.padStart(9)}${'/ bare'.padStart(9)}`,
  )
  for (const [name, path] of Object.entries(PAGES)) {
    await compare(name, outcry.port, path, false)
    await compare(`${name}, not modified`, outcry.port, path, true)
  }
  const before = await outcry.usage()
  const { answered, unanswered } = await source.run({
    port: outcry.port,
    requests: Object.values(PAGES).map((path) => get(path)),
    connections,
    seconds: 60,
    most: 10_000,
  })
  const { queries } = await outcry.usage()
  console.log(`${answered} answers (${unanswered} missing) took ${queries - before.queries} database statements`)
} finally {
  source.stop()
  await Promise.all(started.map((one) => one.stop()))
  await postgres.stop()
}

/**
 * Cached answers a second, beside a bare Hono answer of the same size, in interleaved rounds of one run; and the database statements
 * that 10,000 requests cost.
 *
 *   node bench/run.mjs reading [--rounds 7] [--seconds 1] [--connections 64]
 */
import { request } from 'node:http'
import { parseArgs } from 'node:util'
import { startPostgres } from '../test/support/postgres-server.ts'
import { type LoadResult, median, startLoadSource } from './support/load.ts'
import { startTarget, type TargetAnswer } from './support/target.ts'

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

/** The answer as it goes over the wire, still compressed; `null` when it has another status. */
function fetchRaw(port: number, path: string, status: 200 | 304): Promise<TargetAnswer | null> {
  const headers = { 'accept-encoding': 'gzip', ...(status === 304 ? { 'if-none-match': '*' } : {}) }
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => {
        if (response.statusCode !== status) return resolve(null)
        const { date, connection, 'keep-alive': _, ...kept } = response.headers
        const body = status === 304 ? null : Buffer.concat(chunks).toString('base64')
        resolve({ status, headers: kept as Record<string, string>, body })
      })
    })
    asked.on('error', reject)
    asked.end()
  })
}

async function compare(name: string, port: number, path: string, status: 200 | 304): Promise<void> {
  const answer = await fetchRaw(port, path, status)
  if (answer === null) {
    console.log(`${name.padEnd(36)} does not answer ${status}`)
    return
  }
  const size = answer.body === null ? 0 : Buffer.from(answer.body, 'base64').length
  const plain = { ...answer, headers: { 'content-type': answer.headers['content-type'] ?? 'text/plain' } }
  const bare = await Promise.all(
    [answer, plain].map((given) => startTarget('hono-answering', { ANSWER: JSON.stringify(given) })),
  )
  const requests = [get(path, status === 304 ? ['if-none-match: *'] : [])]
  const runs: LoadResult[][] = []
  try {
    for (let round = 0; round <= rounds; round++) {
      const row: LoadResult[] = []
      for (const to of [port, ...bare.map((one) => one.port)])
        row.push(await source.run({ port: to, requests, connections, seconds }))
      const ours = row[0]!
      if (ours.unanswered > 0 || ours.statuses[status] !== ours.answered)
        throw new Error(`${path} was answered ${JSON.stringify(ours)}`)
      if (round > 0) runs.push(row)
    }
  } finally {
    await Promise.all(bare.map((one) => one.stop()))
  }
  const ratio = (to: number) => median(runs.map((row) => row[0]!.perSecond / row[to]!.perSecond)).toFixed(2)
  const ofOurs = (pick: (load: LoadResult) => number) => median(runs.map((row) => pick(row[0]!)))
  console.log(
    name.padEnd(36) +
      String(size).padStart(7) +
      ofOurs(({ perSecond }) => perSecond)
        .toFixed(0)
        .padStart(9) +
      ofOurs(({ p99Ms }) => p99Ms)
        .toFixed(1)
        .padStart(9) +
      ratio(1).padStart(13) +
      ratio(2).padStart(9),
  )
}

const outcry = await startTarget('outcry', { DATABASE_URL: postgres.url, TRUSTED_PROXIES: '127.0.0.1', TICK: 'off' })

try {
  await reportSome(outcry.port)
  console.log(`${rounds} rounds of ${seconds} s, ${connections} connections; medians; sizes as sent, compressed`)
  console.log('same bytes: Hono answering the very bytes and headers; bare: the same body, a content type alone')
  console.log(
    `${'what'.padEnd(36)}${'bytes'.padStart(7)}${'per s'.padStart(9)}${'p99 ms'.padStart(9)}${'/ same bytes'.padStart(13)}${'/ bare'.padStart(9)}`,
  )
  for (const [name, path] of Object.entries(PAGES)) {
    await compare(name, outcry.port, path, 200)
    await compare(`${name}, not modified`, outcry.port, path, 304)
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
  await outcry.stop()
  await postgres.stop()
}

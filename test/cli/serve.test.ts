import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStorage } from '../../src/cli/open-storage.ts'
import { type OutcryProcess, serveInProcess } from '../support/outcry-process.ts'
import { ENGINES, usePostgresUrl } from '../support/storage.ts'

const SERVICE = 'github'
/** Reports under way at a time. */
const SENDERS = 16
/** Reports that are acknowledged before the process is ended. */
const ENOUGH = 150

const running = new Set<OutcryProcess>()
const folders: string[] = []
afterAll(() => {
  for (const outcry of running) outcry.kill('SIGKILL')
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function serve(settings: Record<string, string>): OutcryProcess {
  const outcry = serveInProcess(settings)
  running.add(outcry)
  void outcry.ended.then(() => running.delete(outcry))
  return outcry
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'outcry-serve-'))
  folders.push(folder)
  return folder
}

let people = 0

/** Somebody new, half of them on IPv6. All their addresses begin in one of two ways, so that they can be looked for. */
function newAddress(): string {
  people++
  return people % 2 === 0 ? `198.51.${people >> 8}.${people & 255}` : `2001:db8:${people.toString(16)}::7`
}
const ADDRESS = /198\.51\.\d|2001:db8:/

interface Load {
  /** Ids of the reports that were answered as counted, complete to the last byte. */
  acknowledged: Set<string>
  /** Status of every other answer. */
  refused: number[]
}

/** Reports from many people, until the process no longer answers; `atEnough` is called in the middle. */
async function loadUntilGone(url: string, atEnough: () => void): Promise<Load> {
  const acknowledged = new Set<string>()
  const refused: number[] = []
  const send = async () => {
    const response = await fetch(`${url}/v1/reports`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': newAddress() },
      body: JSON.stringify({ service: SERVICE, errorType: 'timeout', region: 'DE-BE' }),
    })
    const { id } = (await response.json()) as { id: string }
    if (response.status !== 201) refused.push(response.status)
    else if (acknowledged.add(id).size === ENOUGH) atEnough()
  }
  const sender = async () => {
    // The only way out is a connection that broke.
    while (refused.length < SENDERS) await send()
  }
  await Promise.allSettled(Array.from({ length: SENDERS }, sender))
  return { acknowledged, refused }
}

/** Each file below a folder with its bytes as text. */
function* filesIn(folder: string): Generator<[string, string]> {
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name)
    if (statSync(path).isFile()) yield [name, readFileSync(path, 'latin1')]
  }
}

describe('a wrong setting', () => {
  test.each([
    ['PORT', '99999'],
    ['TRUSTED_PROXIES', 'my-proxy'],
    ['DATABASE_URL', 'mysql://localhost/outcry'],
    ['ADMIN_KEY', 'short'],
    ['REDIS_URL', 'localhost:6379'],
  ])('%s=%s stops the start with one line that names it', async (name, value) => {
    const folder = join(temporaryFolder(), 'data')
    const { status, stdout, stderr } = await serve({ DATA_DIR: folder, [name]: value }).ended

    expect(stderr).toMatch(new RegExp(`^outcry: wrong setting: ${name}: [^\n]+\n$`))
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
    expect(() => statSync(folder)).toThrow('ENOENT')
  })

  test('a folder that another process uses stops the start as well', async () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'outcry.pid'), String(process.pid))
    const { status, stderr } = await serve({ DATA_DIR: folder }).ended

    expect(stderr).toMatch(new RegExp(`^outcry: .* is in use by another Outcry \\(process ${process.pid}\\)[^\n]*\n$`))
    expect(status).toBe(1)
  })
})

describe.each(ENGINES)('killed under load, started again, and stopped under load (%s)', (engine) => {
  const postgresUrl = usePostgresUrl()
  const folder = temporaryFolder()
  const settings = (): Record<string, string> => ({
    DATA_DIR: folder,
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'debug',
    ...(engine === 'postgres' ? { DATABASE_URL: postgresUrl() } : {}),
  })
  let killed: Load
  let stopped: Load
  let stop: { status: number | null; seconds: number }
  let said = ''
  let stored: { ids: Set<string>; reports: number; counted: number }

  beforeAll(async () => {
    const first = serve(settings())
    killed = await loadUntilGone(await first.url, () => first.kill('SIGKILL'))
    await first.ended

    const second = serve(settings())
    let signalledAt = 0
    stopped = await loadUntilGone(await second.url, () => {
      signalledAt = performance.now()
      second.kill('SIGTERM')
    })
    const { status } = await second.ended
    stop = { status, seconds: (performance.now() - signalledAt) / 1000 }
    said = first.said() + second.said()

    const storage = await openStorage({ DATA_DIR: folder, DATABASE_URL: settings().DATABASE_URL })
    const ids = await storage.run<{ id: string }>('select id from reports')
    const [counts] = await storage.run<{ counted: number }>(
      `select sum(reporters)::int as counted from counts_1m where region = 'world'`,
    )
    await storage.close(1)
    stored = { ids: new Set(ids.map(({ id }) => id)), reports: ids.length, counted: counts!.counted }
  })

  test('has every report that it acknowledged before it was killed', () => {
    expect(killed.acknowledged.size).toBeGreaterThanOrEqual(ENOUGH)
    expect([...killed.acknowledged].filter((id) => !stored.ids.has(id))).toEqual([])
    expect(killed.refused).toEqual([])
  })

  test('has counted as many as it has stored', () => {
    expect(stored.counted).toBe(stored.reports)
  })

  test('ends on SIGTERM with status 0 within 10 s, and turns nobody away whose connection it keeps', () => {
    expect(stop.status).toBe(0)
    expect(stop.seconds).toBeLessThan(10)
    expect(stopped.refused).toEqual([])
  })

  test('has every report that it acknowledged while it was stopping', () => {
    expect(stopped.acknowledged.size).toBeGreaterThanOrEqual(ENOUGH)
    expect([...stopped.acknowledged].filter((id) => !stored.ids.has(id))).toEqual([])
  })

  test('has written no address into a file or a line of its log', () => {
    expect(said).toContain('Outcry answers on')
    expect(said).not.toMatch(ADDRESS)
    const files = [...filesIn(folder)]
    expect(files.filter(([, bytes]) => ADDRESS.test(bytes)).map(([name]) => name)).toEqual([])
    // What is stored can be found this way.
    const [known] = killed.acknowledged
    if (engine === 'pglite') expect(files.some(([, bytes]) => bytes.includes(known!))).toBe(true)
  })
})

describe('two replicas', () => {
  const postgresUrl = usePostgresUrl({ isEmpty: true })

  test('start at once on one empty database, and both take reports', async () => {
    const replicas = [1, 2].map(() => serve({ DATABASE_URL: postgresUrl(), TRUSTED_PROXIES: '127.0.0.1' }))
    const urls = await Promise.all(replicas.map(({ url }) => url))
    const answers = await Promise.all(
      urls.map((url) =>
        fetch(`${url}/v1/reports`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-forwarded-for': newAddress() },
          body: JSON.stringify({ service: SERVICE, errorType: 'login' }),
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([201, 201])

    for (const replica of replicas) replica.kill('SIGTERM')
    const ends = await Promise.all(replicas.map(({ ended }) => ended))
    expect(ends.map(({ status }) => status)).toEqual([0, 0])
    expect(ends.map(({ stderr }) => stderr).join('')).not.toMatch(/"level":(50|60)/)
  })
})

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, inject, test } from 'vitest'
import { readMigrations } from '../../src/runtime/project-files.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { endAll, reportSteadily, sendReport, startOutcry } from '../support/outcry-process.ts'

afterEach(endAll)

/** An empty database on the server of this run. */
async function emptyDatabase(): Promise<string> {
  const name = `empty_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = openPostgres(inject('postgresUrl'), { connections: 1 })
  await admin.run(`create database ${name}`)
  await admin.close()
  return inject('postgresUrl').replace(/postgres$/, name)
}

const databases = [
  {
    name: 'PGlite',
    async settings() {
      const folder = mkdtempSync(join(tmpdir(), 'outcry-data-'))
      return { environment: { DATA_DIR: folder }, remove: () => rmSync(folder, { recursive: true, force: true }) }
    },
  },
  {
    name: 'PostgreSQL',
    async settings() {
      return { environment: { DATABASE_URL: await emptyDatabase() }, remove: () => {} }
    },
  },
]

describe.each(databases)('the server on $name', ({ settings }) => {
  test('that is killed in the midst of its work has every report that it acknowledged', async () => {
    const { environment, remove } = await settings()
    const behindProxy = { ...environment, TRUSTED_PROXIES: '127.0.0.1' }
    const killed = startOutcry(behindProxy)
    const reports = reportSteadily(await killed.answers, 'github')
    await expect.poll(() => reports.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(300)
    killed.child.kill('SIGKILL')
    expect((await killed.ended).status).toBe('SIGKILL')
    await reports.ended

    const again = startOutcry(behindProxy)
    const url = await again.answers
    // Whoever was counted is a duplicate now, of the very report that was acknowledged.
    const repeated = await Promise.all(
      reports.acknowledged.map(async ({ from }) => {
        const response = await sendReport(url, 'github', from)
        return { from, id: ((await response.json()) as { id: string }).id, status: response.status }
      }),
    )
    expect(repeated).toEqual(reports.acknowledged.map((report) => ({ ...report, status: 200 })))
    const standing = (await (await fetch(`${url}/v1/services/github`)).json()) as { reportsLast15m: number }
    expect(standing.reportsLast15m).toBeGreaterThanOrEqual(reports.acknowledged.length)
    expect(standing.reportsLast15m).toBeLessThanOrEqual(reports.sent())
    expect(reports.unforeseen).toEqual([])

    // And it is stopped as a supervisor does it, with reports under way.
    const last = reportSteadily(url, 'github', { firstPerson: 100_000 })
    await expect.poll(() => last.acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(20)
    const askedMs = performance.now()
    again.child.kill('SIGTERM')
    const { status, stderr } = await again.ended
    expect({ status, stderr: stderr.replace(/^Embedded database.*\n/, '') }).toEqual({ status: 0, stderr: '' })
    expect(performance.now() - askedMs).toBeLessThan(10_000)
    await last.stop()
    expect(last.unforeseen).toEqual([])
    remove()
  })
})

test('two replicas may start at once on an empty database', async () => {
  const url = await emptyDatabase()
  const replicas = [startOutcry({ DATABASE_URL: url }), startOutcry({ DATABASE_URL: url })]
  const addresses = await Promise.all(replicas.map(({ answers }) => answers))
  for (const address of addresses) {
    expect((await fetch(`${address}/readyz`)).status).toBe(200)
    const { items } = (await (await fetch(`${address}/v1/services?limit=1000`)).json()) as { items: unknown[] }
    expect(items.length).toBeGreaterThan(300)
  }
  const storage = openPostgres(url, { connections: 1 })
  const ran = await storage.run<{ name: string }>('select name from migrations order by name')
  expect(ran.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name))
  await storage.close()
  for (const { child } of replicas) child.kill('SIGTERM')
  expect((await Promise.all(replicas.map(({ ended }) => ended))).map(({ status }) => status)).toEqual([0, 0])
})

describe('a start that cannot succeed ends with one line that says why', () => {
  test.each([
    ['a wrong port', { PORT: 'eighty' }, /^outcry: wrong setting: PORT: .+\n$/],
    [
      'a wrong address of the database',
      { DATABASE_URL: 'mysql://here' },
      /^outcry: wrong setting: DATABASE_URL: .+\n$/,
    ],
    [
      'two wrong settings',
      { TRUSTED_PROXIES: 'everybody', LOG_LEVEL: 'loud' },
      /^outcry: wrong setting: .*TRUSTED_PROXIES.*LOG_LEVEL.*\n$/,
    ],
    [
      'a database that nobody answers for',
      { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' },
      /^outcry: .*127\.0\.0\.1:1.*\n$/,
    ],
    [
      'a GeoIP file that is not there',
      { GEOIP_DB: '/nowhere.mmdb', DATABASE_URL: '' },
      /^(Embedded.*\n)?outcry: .*nowhere\.mmdb.*\n$/,
    ],
  ])('%s', async (_what, environment, line) => {
    const folder = mkdtempSync(join(tmpdir(), 'outcry-data-'))
    const { status, stderr } = await startOutcry({ DATA_DIR: folder, ...environment }).ended
    expect(stderr).toMatch(line)
    expect(status).toBe(1)
    rmSync(folder, { recursive: true, force: true })
  })

  test('a port that is taken', async () => {
    const url = await emptyDatabase()
    const first = startOutcry({ DATABASE_URL: url })
    const port = new URL(await first.answers).port
    const second = await startOutcry({ DATABASE_URL: url, PORT: port }).ended
    expect(second.stderr).toMatch(new RegExp(`^outcry: .*${port}.*\\n$`))
    expect(second.status).toBe(1)
    first.child.kill('SIGTERM')
    expect((await first.ended).status).toBe(0)
  })

  test('a folder that another Outcry works in', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'outcry-data-'))
    const first = startOutcry({ DATA_DIR: folder })
    await first.answers
    const second = await startOutcry({ DATA_DIR: folder }).ended
    expect(second.stderr).toContain(`${folder} is in use by another Outcry`)
    expect(second.status).toBe(1)
    first.child.kill('SIGTERM')
    expect((await first.ended).status).toBe(0)
    rmSync(folder, { recursive: true, force: true })
  })
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough, Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createServicesCommand } from '../../src/cli/services.ts'
import { listServices } from '../../src/service/queries.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import { useStorage } from '../support/storage.ts'

const GOOD = `slug,name,category,homepage
intranet,Intranet,other,https://intranet.example.com
wiki,Wiki,other,https://wiki.example.com
`
const BAD = `slug,name,category,homepage
intranet,Intranet,other,https://intranet.example.com
Wiki,,other,wiki
`

describe('outcry services', () => {
  const storage = useStorage('pglite')
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'outcry-services-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  async function run(args: string[], stdin = '') {
    let openings = 0
    const command = createServicesCommand(async () => {
      openings++
      return { ...storage(), close: async () => {} }
    })
    const stdout = new PassThrough()
    const stderr = new PassThrough()
    const status = await command.run(args, { stdin: Readable.from([stdin]), stdout, stderr, env: {} })
    stdout.end()
    stderr.end()
    return { status, out: await text(stdout), err: await text(stderr), openings }
  }
  const fileWith = (content: string) => {
    const path = join(folder, 'services.csv')
    writeFileSync(path, content)
    return path
  }

  test('import adds the services of a file', async () => {
    expect(await run(['import', fileWith(GOOD)])).toMatchObject({ status: 0, out: '2 added, 0 changed, 0 unchanged\n' })
    expect((await listServices(storage().run)).map(({ slug }) => slug)).toEqual(['intranet', 'wiki'])
  })

  test('import reads standard input', async () => {
    expect(await run(['import', '-'], GOOD)).toMatchObject({ status: 0, err: '' })
  })

  test('import names file and line of each error, and imports nothing', async () => {
    const path = fileWith(BAD)
    const { status, err } = await run(['import', path])
    expect(status).toBe(1)
    const lines = err.trimEnd().split('\n')
    expect(lines.slice(0, -1).map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
      `${path}:3: slug`,
      `${path}:3: name`,
      `${path}:3: homepage`,
    ])
    expect(lines.at(-1)).toBe('nothing was imported')
    expect(await listServices(storage().run)).toEqual([])
  })

  test('a file that cannot be read is a failure, not a crash', async () => {
    const { status, err } = await run(['import', join(folder, 'absent.csv')])
    expect(status).toBe(1)
    expect(err).toMatch(/^cannot read .*absent\.csv/)
  })

  test('list shows the services of a category', async () => {
    await seedCatalogue(storage().run)
    const { out } = await run(['list', '--category', 'ai'])
    expect(out).toMatch(/^chatgpt +ChatGPT \(ai\)$/m)
    expect(out).not.toMatch(/^github /m)
  })

  test.each(['ndjson', 'csv'])('export as %s can be imported again, and changes nothing', async (format) => {
    await seedCatalogue(storage().run)
    const { out } = await run(['export', '--format', format])
    const count = (await listServices(storage().run)).length
    expect(await run(['import', '-'], out)).toMatchObject({ out: `0 added, 0 changed, ${count} unchanged\n` })
  })

  test.each([
    [[]],
    [['destroy']],
    [['import']],
    [['import', 'a', 'b']],
    [['list', '--colour']],
    [['list', '--category', 'nonsense']],
    [['export', '--format', 'xml']],
  ])('called wrongly (%j), explains itself and opens no database', async (args) => {
    const { status, out, err, openings } = await run(args)
    expect({ status, out, openings }).toEqual({ status: 2, out: '', openings: 0 })
    expect(err).toContain('Usage:')
  })

  test('--help explains, on standard output', async () => {
    expect(await run(['--help'])).toMatchObject({ status: 0, err: '', openings: 0 })
  })
})

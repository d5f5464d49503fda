import { expect, inject, test } from 'vitest'
import { readMigrations } from '../../src/runtime/project-files.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('migrations', (storage) => {
  test('a second run finds nothing to do', async () => {
    expect(await migrate(storage(), readMigrations())).toEqual([])
  })

  test('both drivers answer instants as text and big integers as text, so that one mapping serves both', async () => {
    const [row] = await storage().run(
      `select 9007199254740993::bigint as big, '2026-01-02T03:04:05Z'::timestamptz::text as at`,
    )
    expect(row!.big).toBe('9007199254740993')
    expect(row!.at).toMatch(/^2026-01-02/)
  })
})

test('replicas that start at once on an empty database run each migration once', async () => {
  const name = `race_${crypto.randomUUID().replaceAll('-', '')}`
  const admin = openPostgres(inject('postgresUrl'), { connections: 1 })
  await admin.run(`create database ${name}`)
  const replicas = Array.from({ length: 4 }, () =>
    openPostgres(inject('postgresUrl').replace(/postgres$/, name), { connections: 2 }),
  )

  const ran = await Promise.all(replicas.map((replica) => migrate(replica, readMigrations())))

  expect(ran.flat()).toEqual(readMigrations().map(({ name }) => name))
  await Promise.all(replicas.map((replica) => replica.close()))
  await admin.run(`drop database ${name}`)
  await admin.close()
})

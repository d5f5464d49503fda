import { beforeAll, expect, test } from 'vitest'
import { ensurePartitions } from '../../src/report/partitions.ts'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { usePostgresUrl } from '../support/storage.ts'

const postgresUrl = usePostgresUrl()
let replicas: Storage[]

// One connection each, which remembers from its first question that a partition was missing.
beforeAll(() => {
  replicas = Array.from({ length: 6 }, () => openPostgres(postgresUrl(), { connections: 1 }))
  return () => Promise.all(replicas.map((storage) => storage.close()))
})

test('replicas that find the same days missing make each of them once', async () => {
  for (let round = 0; round < 5; round++) {
    await Promise.all(replicas.map(ensurePartitions))
    const made = await replicas[0]!.run<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'reports'::regclass`,
    )
    expect(made).toHaveLength(4)
    for (const { name } of made) await replicas[0]!.run(`drop table ${name}`)
  }
})

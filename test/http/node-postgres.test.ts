import { afterAll, beforeAll, describe } from 'vitest'
import type { Storage } from '../../src/storage/database.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { type Outcry, startOnNode } from '../support/outcry.ts'
import { usePostgresUrl } from '../support/storage.ts'
import { describeReadContract } from './read-contract.ts'
import { describeReportContract } from './report-contract.ts'

describe('on Node with PostgreSQL', () => {
  const databaseUrl = usePostgresUrl()
  let storage: Storage
  let outcry: Outcry

  beforeAll(async () => {
    storage = openPostgres(databaseUrl())
    outcry = await startOnNode(storage)
  })
  afterAll(async () => {
    await outcry?.stop()
    await storage?.close()
  })

  describeReportContract(() => outcry)
  describeReadContract(() => outcry)
})

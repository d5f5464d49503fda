import { afterAll, beforeAll, describe } from 'vitest'
import { type Outcry, startOnWorkerd } from '../support/outcry.ts'
import { usePostgresUrl } from '../support/storage.ts'
import { describeReadContract } from './read-contract.ts'
import { describeReportContract } from './report-contract.ts'

describe('on workerd with PostgreSQL', () => {
  const databaseUrl = usePostgresUrl()
  let outcry: Outcry

  beforeAll(async () => {
    outcry = await startOnWorkerd(databaseUrl())
  })
  afterAll(() => outcry?.stop())

  describeReportContract(() => outcry)
  describeReadContract(() => outcry)
})

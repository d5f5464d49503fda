import { afterAll, beforeAll, describe } from 'vitest'
import { type Outcry, startOnNode } from '../support/outcry.ts'
import { openEmptied } from '../support/storage.ts'
import { describeReadContract } from './read-contract.ts'
import { describeReportContract } from './report-contract.ts'

describe('on Node with PGlite', () => {
  let outcry: Outcry

  beforeAll(async () => {
    outcry = await startOnNode(await openEmptied('pglite'))
  })
  afterAll(() => outcry?.stop())

  describeReportContract(() => outcry)
  describeReadContract(() => outcry)
})

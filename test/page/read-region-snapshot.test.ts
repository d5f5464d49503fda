import { expect, test } from 'vitest'
import { withoutSmallCounts } from '../../src/page/read-region-snapshot.ts'

const ROW = {
  slug: 'acme-mail',
  name: 'Acme Mail',
  state: 'down' as const,
  count: 9,
  ratio: 4.5,
  regions: [],
  isWorldwide: false,
  onsetAt: null,
  spillOverOf: null,
  sparkline: { counts: [0, 1, 2, 3, 6, null], upper: [1, 1, 1, 1, 1, null] },
}

test('a region tells of a service that is down there only counts of three or more', () => {
  expect(withoutSmallCounts(ROW)).toEqual({
    ...ROW,
    sparkline: { ...ROW.sparkline, counts: [null, null, null, 3, 6, null] },
  })
  expect(withoutSmallCounts({ ...ROW, count: 2 })).toMatchObject({ count: null, ratio: null })
})

test('a region tells no count of a service that is not in trouble there', () => {
  expect(withoutSmallCounts({ ...ROW, state: 'ok' })).toMatchObject({ count: null, ratio: null, sparkline: null })
})

import { expect, test } from 'vitest'
import { carriersOfExcess, localise, networkPart, type Part } from '../../src/detection/localise.ts'

const parts = (entries: Record<string, [number, number]>): Map<string, Part> =>
  new Map(Object.entries(entries).map(([key, [observed, expected]]) => [key, { observed, expected }]))

const TYPES = parts({ login: [40, 2], slow: [3, 3] })

test('the excess is told by its carriers, with shares of the whole excess', () => {
  const carriers = carriersOfExcess(parts({ DE: [80, 5], FR: [30, 5], IT: [5, 6] }))

  expect(carriers.map(({ key }) => key)).toEqual(['DE', 'FR'])
  expect(carriers[0]).toMatchObject({ excess: 75, share: 0.75, ratio: 16 })
  expect(carriers[1]!.share).toBeCloseTo(0.25, 10)
})

test('what chance explains carries nothing', () => {
  expect(carriersOfExcess(parts({ DE: [10, 9], FR: [0, 0.1] }))).toEqual([])
})

test('a failure everywhere is worldwide', () => {
  const regions = parts({ DE: [50, 5], FR: [42, 4], US: [190, 20], BR: [63, 6], JP: [28, 3] })

  expect(localise(regions, TYPES).reach).toBe('worldwide')
})

test('a failure in two of many regions is regional, and names them', () => {
  const regions = parts({ DE: [60, 5], AT: [22, 1], FR: [5, 4], US: [19, 20], BR: [6, 6], JP: [3, 3] })
  const place = localise(regions, TYPES)

  expect(place.reach).toBe('regional')
  expect(place.regions.map(({ key }) => key)).toEqual(['DE', 'AT'])
  expect(place.regionalEvidence).toBeGreaterThan(4)
  expect(place.errorTypes[0]!.key).toBe('login')
})

test('a failure of one network is told as that, where it usually has a small share', () => {
  const regions = parts({ DE: [50, 5], FR: [4, 4] })
  const networks = new Map([
    ['AS3320', { share: 0.9, usualShare: 0.2 }],
    ['AS3209', { share: 0.1, usualShare: 0.3 }],
  ])

  expect(localise(regions, TYPES, networks)).toMatchObject({ reach: 'network', largestNetworkShare: 0.9 })
})

test('a network that always has most of the reports is no failure of that network', () => {
  const networks = new Map([['AS1', { share: 0.9, usualShare: 0.85 }]])

  expect(localise(parts({ DE: [50, 5], FR: [40, 4] }), TYPES, networks).reach).not.toBe('network')
})

test('a failure everywhere that is worse in some regions is worldwide still', () => {
  const regions = parts({ US: [438, 1.5], DE: [83, 0.6], GB: [75, 0.6], NL: [29, 0.6], CA: [26, 0.7], FR: [14, 0.4] })
  expect(localise(regions, TYPES)).toMatchObject({ reach: 'worldwide' })
  // A few people abroad are no failure there.
  const abroad = parts({ US: [438, 1.5], DE: [2, 0.6], GB: [1, 0.6], NL: [1, 0.6], CA: [3, 0.7], FR: [0, 0.4] })
  expect(localise(abroad, TYPES)).toMatchObject({ reach: 'regional' })
})

test('a failure where one region alone ever reports is regional', () => {
  expect(localise(parts({ DE: [60, 5] }), TYPES).reach).toBe('regional')
})

test('a handful of reports lies nowhere yet', () => {
  expect(localise(parts({ DE: [3, 0.5] }), TYPES).reach).toBe('unclear')
})

test.each([
  // 100 reports where 10 were foreseen, 80 of one network that had a fifth of the 98 before: (80 - 0.2 * 10) / 90.
  { observed: 100, expected: 10, of: 80, before: { reporters: 98, ofNetwork: 19 }, share: 78 / 90, usualShare: 0.2 },
  { observed: 100, expected: 10, of: 100, before: { reporters: 98, ofNetwork: 0 }, share: 1, usualShare: 0.01 },
  { observed: 20, expected: 18, of: 3, before: { reporters: 18, ofNetwork: 9 }, share: 0, usualShare: 0.5 },
  { observed: 6, expected: 0, of: 5, before: { reporters: 0, ofNetwork: 0 }, share: 5 / 6, usualShare: 0.5 },
])(
  "a network's part of $observed reports for $expected foreseen",
  ({ observed, expected, of, before, share, usualShare }) => {
    const part = networkPart({ observed, expected }, of, before)
    expect(part.share).toBeCloseTo(share, 10)
    expect(part.usualShare).toBeCloseTo(usualShare, 10)
  },
)

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ScopeCounts } from '../../src/count/queries.ts'
import { breakDown } from '../../src/count/read-breakdown.ts'
import { drawCells } from '../../src/heatmap/heatmap.ts'
import { countryCodes, subdivisionsOf } from '../../src/region/region.ts'
import { WORLD } from '../../src/region/scope.ts'

const HEARD = { isHeard: true, isKnown: true }
const COUNTRIES = ['DE', 'AT', 'FR', 'US']

/** Sums of all scopes out of reports by place, as the database keeps them. */
function sumsOf(reports: Record<string, number>): Map<string, number> {
  const sums = new Map<string, number>()
  const add = (scope: string, count: number) => sums.set(scope, (sums.get(scope) ?? 0) + count)
  for (const [place, count] of Object.entries(reports)) {
    if (count === 0) continue
    add(WORLD, count)
    if (place !== '') add(place.slice(0, 2), count)
    if (place.length > 2) add(place, count)
  }
  return sums
}

const countryMap = (sums: Map<string, number>) => drawCells('country', null, countryCodes(), sums, new Map(), HEARD)
const mapOf = (country: string, sums: Map<string, number>) =>
  drawCells('subdivision', country, subdivisionsOf(country), sums, new Map(), HEARD)

const hiddenIn = (sums: Map<string, number>) =>
  countryMap(sums).regions.flatMap(({ region, suppressed }) => (suppressed ? [region] : []))

const breakdownOf = (sums: Map<string, number>) =>
  breakDown(
    [...sums].map(([scope, reporters]) => ({ scope, reporters, ok: 0, byErrorType: {} as ScopeCounts['byErrorType'] })),
    [],
    { fromMs: 0, untilMs: 1 },
  )

const placeArbitrary = fc.oneof(
  fc.constantFrom('', ...COUNTRIES),
  fc.constantFrom(...COUNTRIES.flatMap((country) => subdivisionsOf(country).slice(0, 4))),
)
const reportsArbitrary = fc.dictionary(
  placeArbitrary,
  fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 500 })),
  { maxKeys: 10 },
)

describe('a heatmap', () => {
  test('shows no count of one or two people', () => {
    fc.assert(
      fc.property(reportsArbitrary, (reports) => {
        const sums = sumsOf(reports)
        for (const { regions } of [countryMap(sums), ...COUNTRIES.map((country) => mapOf(country, sums))])
          for (const { count } of regions) expect(count === null || count === 0 || count >= 3).toBe(true)
        for (const country of COUNTRIES) {
          const { total } = mapOf(country, sums)
          expect(total === null || total === 0 || total >= 3).toBe(true)
        }
      }),
    )
  })

  test('hides the same countries as the breakdown of the same reports, and no other', () => {
    fc.assert(
      fc.property(reportsArbitrary, (reports) => {
        const sums = sumsOf(reports)
        const hiddenOnMap = countryMap(sums).regions.filter(({ suppressed }) => suppressed)
        const { regions } = breakdownOf(sums)
        expect(hiddenOnMap.map(({ region }) => region).sort()).toEqual(
          regions.flatMap(({ key, count }) => (count === null ? [key] : [])).sort(),
        )
      }),
    )
  })

  test('is the same in all but place where one person is in either of two countries that are hidden together', () => {
    for (const country of COUNTRIES) {
      const [place] = subdivisionsOf(country)
      const pair = hiddenIn(sumsOf({ [place!]: 1 }))
      const tell = (sums: Map<string, number>) =>
        JSON.stringify([countryMap(sums), breakdownOf(sums).regions, ...pair.map((one) => mapOf(one, sums))])
      expect(pair).toContain(country)
      const told = pair.map((one) => tell(sumsOf({ [subdivisionsOf(one)[0] ?? one]: 1 })))
      expect(new Set(told).size).toBe(1)
    }
  })

  test('tells no total of a country that the map of the world hides, and the same one as it where it does not', () => {
    fc.assert(
      fc.property(reportsArbitrary, (reports) => {
        const sums = sumsOf(reports)
        const world = new Map(countryMap(sums).regions.map(({ region, count }) => [region, count]))
        for (const country of countryCodes()) {
          const told = world.has(country) ? world.get(country)! : 0
          expect(mapOf(country, sums).total).toBe(told)
        }
      }),
      { numRuns: 30 },
    )
  })

  test('calls a count fewer than three only where it is', () => {
    fc.assert(
      fc.property(reportsArbitrary, (reports) => {
        const sums = sumsOf(reports)
        for (const { regions } of [countryMap(sums), ...COUNTRIES.map((country) => mapOf(country, sums))])
          for (const { region, hidden } of regions)
            if (hidden === 'small') expect(sums.get(region) ?? 0).toBeLessThan(3)
      }),
    )
  })

  test('says of a hidden place nothing of what is usual, which only one with a past has', () => {
    const sums = sumsOf({ DE: 1 })
    const { regions } = drawCells('country', null, countryCodes(), sums, new Map([['DE', 0.4]]), HEARD)
    expect(regions.map(({ hidden, expected }) => [hidden, expected])).toEqual(hiddenIn(sums).map(() => ['small', null]))
  })

  test('of one person in one place says that somebody reported, and not where', () => {
    const sums = sumsOf({ 'DE-BY': 1 })
    expect(countryMap(sums).total).toBe(1)
    expect(countryMap(sums).regions.find(({ region }) => region === 'DE')).toMatchObject({
      count: null,
      state: 'hidden',
    })
    expect(mapOf('DE', sums).total).toBeNull()
  })
})

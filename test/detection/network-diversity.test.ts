import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decaySeen,
  isDiverse,
  isDiverseOfType,
  NETWORK_MEMORY_MS,
  reportWeight,
} from '../../src/detection/network-diversity.ts'

/** Total weight in people of reports that all come at once; each is a [network, wider network]. */
function totalWeight(reports: [string, string][]): number {
  const seen = new Map<string, number>()
  let total = 0
  for (const [network, wider] of reports) {
    const n = seen.get(`n ${network}`) ?? 0
    const w = seen.get(`w ${wider}`) ?? 0
    total += reportWeight(n, w)
    seen.set(`n ${network}`, n + 1)
    seen.set(`w ${wider}`, w + 1)
  }
  return total / 1000
}

describe('the weight of one report', () => {
  test.each([
    [0, 0, 1000],
    [1, 1, 395],
    [0, 1, 790],
    [0, 8, 250],
    [3, 8, 63],
    [0, 24, 63],
    [0.5, 0.5, 591],
  ])('with %d from its network and %d from the wider one it is %d thousandths', (n, w, weight) => {
    expect(reportWeight(n, w)).toBe(weight)
  })

  test('it never rises with what was said before, and stays within 0 and 1000', () => {
    const seen = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(seen, seen, seen, (n, w, more) => {
        const weight = reportWeight(n, w)
        expect(weight).toBeGreaterThanOrEqual(0)
        expect(weight).toBeLessThanOrEqual(1000)
        expect(reportWeight(n + more, w)).toBeLessThanOrEqual(weight)
        expect(reportWeight(n, w + more)).toBeLessThanOrEqual(weight)
      }),
    )
  })

  test('a negative or infinite count is a misuse', () => {
    expect(() => reportWeight(-1, 0)).toThrow(RangeError)
    expect(() => reportWeight(0, Number.POSITIVE_INFINITY)).toThrow(RangeError)
    expect(() => reportWeight(Number.NaN, 0)).toThrow(RangeError)
  })
})

describe('the weight of a crowd', () => {
  test.each([2, 10, 100, 10_000])('%d people behind one network count as fewer than three', (people) => {
    const crowd = Array.from({ length: people }, (): [string, string] => ['10.0.0', '10.0'])
    expect(totalWeight(crowd)).toBeLessThan(3)
  })

  test.each([1, 2, 4])('a list of 1000 proxies in %d wider networks counts as fewer than nine for each', (wider) => {
    const proxies = Array.from({ length: 1000 }, (_, i): [string, string] => [`n${i}`, `w${i % wider}`])
    expect(totalWeight(proxies)).toBeLessThan(9 * wider)
  })

  test('a crowd of 500 from 400 wider networks keeps nearly full weight', () => {
    const crowd = Array.from({ length: 500 }, (_, i): [string, string] => [`n${i % 450}`, `w${i % 400}`])
    expect(totalWeight(crowd) / 500).toBeGreaterThan(0.9)
  })

  test('what a network said is forgotten', () => {
    expect(decaySeen(10, NETWORK_MEMORY_MS)).toBeCloseTo(10 / Math.E)
    expect(decaySeen(10, -5000)).toBe(10)
  })
})

describe('diversity', () => {
  test.each([
    [4, 4, null, false],
    [5, 5, null, true],
    [1, 500, null, false],
    [5, 100, null, false],
    [20, 100, null, true],
    [40, 100_000, null, true],
    [200, 400, 2, false],
    [200, 400, 30, true],
    [0, 0, null, false],
  ])('%d networks of %d reporters in %s wider networks: %s', (networks, reporters, wider, expected) => {
    expect(isDiverse(networks, reporters, wider)).toBe(expected)
  })

  test.each([
    { what: 'a crowd that can log in no more', ofType: [60, 55, 50], usualShare: 0.08, is: true },
    { what: 'a flood beside those who name the type anyway', ofType: [75, 43, 43], usualShare: 0.5, is: false },
    { what: 'a crowd beside those who name the type anyway', ofType: [160, 150, 120], usualShare: 0.5, is: true },
    { what: 'those who name the type anyway', ofType: [40, 40, 40], usualShare: 0.5, is: false },
  ])('of an error type, $what: $is', ({ ofType: [reporters, networks, widerNetworks], usualShare, is }) => {
    const heard = { reporters: reporters!, networks: networks!, widerNetworks: widerNetworks! }
    const all = {
      reporters: heard.reporters + 40,
      networks: heard.networks + 40,
      widerNetworks: heard.widerNetworks + 40,
    }
    expect(isDiverseOfType(all, heard, usualShare)).toBe(is)
  })

  test('no crowd from three wider networks is diverse, however many networks it holds', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.nat(1e6), fc.nat(3), (networks, reporters, wider) => {
        expect(isDiverse(networks, reporters, wider)).toBe(false)
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countToCsvRow, dayOf, publishDay, publishShares, type QuarterCount } from '../../src/record/day-archive.ts'
import { scopesOf } from '../../src/region/scope.ts'

interface Report {
  region: string | null
  quarter: number
  kind: 'problem' | 'ok'
}

const T = ['2025-11-24T14:00:00.000Z', '2025-11-24T14:15:00.000Z']

/** Counts as intake makes them: each report in the world, its country and its subdivision. */
function countsOf(reports: readonly Report[]): QuarterCount[] {
  const counts = new Map<string, QuarterCount>()
  for (const { region, quarter, kind } of reports)
    for (const scope of scopesOf(region)) {
      const key = `${scope} ${quarter}`
      const count = counts.get(key) ?? {
        service: 'acme-mail',
        region: scope,
        t: T[quarter]!,
        reporters: 0,
        ok: 0,
        late: 0,
        networks: 0,
        weight: 0,
        errorTypes: {},
        expected: null,
      }
      counts.set(key, { ...count, [kind === 'ok' ? 'ok' : 'reporters']: count[kind === 'ok' ? 'ok' : 'reporters'] + 1 })
    }
  return [...counts.values()].sort((a, b) => (a.region + a.t < b.region + b.t ? -1 : 1))
}

const someReports = fc.array(
  fc.record({
    region: fc.constantFrom('US-TX', 'US-LA', 'US', 'DE-BE', 'DE', 'LU', null),
    quarter: fc.constantFrom(0, 1),
    kind: fc.constantFrom('problem' as const, 'ok' as const),
  }),
  { maxLength: 60 },
)

describe('a published day', () => {
  test('never has a count of one or two of a place', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        for (const { region, reporters, ok } of publishDay(countsOf(reports)))
          for (const count of [reporters, ok]) expect(region === 'world' || count === null || count >= 3).toBe(true)
      }),
    )
  })

  test('is the same file as if each kept-back report had no known place there: nothing can be worked out from totals', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const counts = countsOf(reports)
        const published = publishDay(counts)
        for (const small of counts) {
          for (const kind of ['problem', 'ok'] as const) {
            const size = kind === 'ok' ? small.ok : small.reporters
            if (small.region === 'world' || size === 0 || size >= 3) continue
            const parent = small.region.length > 2 ? small.region.slice(0, 2) : null
            const moved = reports.map((report) =>
              report.kind === kind && T[report.quarter] === small.t && scopesOf(report.region).includes(small.region)
                ? { ...report, region: parent }
                : report,
            )
            expect(publishDay(countsOf(moved))).toEqual(published)
          }
        }
      }),
    )
  })

  test('has the world whole', () => {
    fc.assert(
      fc.property(someReports, (reports) => {
        const counts = countsOf(reports)
        expect(publishDay(counts).filter(({ region }) => region === 'world')).toEqual(
          counts.filter(({ region }) => region === 'world'),
        )
      }),
    )
  })

  test('writes <3 in CSV for what is kept back', () => {
    const [row] = publishDay([
      { ...countsOf([{ region: 'LU', quarter: 0, kind: 'problem' }])[0]!, region: 'LU', reporters: 3, ok: 2 },
    ])
    expect(countToCsvRow(row!).slice(0, 6)).toEqual(['acme-mail', 'LU', T[0], 3, '<3', null])
  })
})

test('shares of places are told in hundredths, and not where they tell of one or two reports', () => {
  const shares = [
    { region: 'DE', share: 0.876 },
    { region: 'LU', share: 0.02 },
  ]
  expect(publishShares(shares, 100)).toEqual([{ region: 'DE', share: 0.88 }])
  expect(publishShares(shares, 1_000)).toEqual([
    { region: 'DE', share: 0.88 },
    { region: 'LU', share: 0.02 },
  ])
})

test.each(['', 'x', '2025-11-31', '2025-13-01', '25-11-24', '2025-11-24T00:00'])('%j is no day', (text) => {
  expect(dayOf(text)).toBeNull()
})

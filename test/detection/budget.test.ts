import { expect, test } from 'vitest'
import { borrowedRate, budgetShares, scopesToTest, shareCost } from '../../src/detection/budget.ts'
import { confidenceOfEvidence } from '../../src/detection/confidence.ts'
import { gammaQuantile, recalibrate } from '../../src/detection/recalibrate.ts'

const people: Record<string, number> = { US: 340e6, DE: 84e6, 'US-TX': 30e6, 'US-WY': 0.6e6 }
const populationOf = (scope: string) => people[scope] ?? null

test('the world has a budget of its own; countries and subdivisions share another', () => {
  const shares = budgetShares(['world', 'US', 'DE', 'US-TX', 'US-WY'], populationOf)

  expect(shares.get('world')).toBe(1)
  expect(shares.get('US')! + shares.get('DE')!).toBeCloseTo(0.5, 10)
  expect(shares.get('US-TX')! + shares.get('US-WY')!).toBeCloseTo(0.5, 10)
  expect(shares.get('US')! / shares.get('DE')!).toBeCloseTo(Math.sqrt(340 / 84), 6)
})

test('a region of unknown people has a share too', () => {
  expect(budgetShares(['US', 'XK'], populationOf).get('XK')).toBeGreaterThan(0)
})

test('a hundredth of the budget costs ln 100 nats', () => {
  expect(shareCost(0.01)).toBeCloseTo(4.60517, 5)
  expect(() => shareCost(0)).toThrow(RangeError)
})

test('finer scopes are tested where the scope above shows some evidence', () => {
  const scopes = ['world', 'US', 'DE', 'US-TX', 'DE-BE']
  const evidence = (of: Record<string, number>) => (scope: string) => of[scope] ?? 0

  expect(scopesToTest(scopes, evidence({}))).toEqual(['world'])
  expect(scopesToTest(scopes, evidence({ US: 4 }))).toEqual(['world', 'US', 'US-TX'])
  expect(scopesToTest(scopes, evidence({ world: 3 }))).toEqual(scopes)
})

test('a cell without counts expects the share that like services have there', () => {
  expect(borrowedRate(10, 0.05, 0, 0)).toBeCloseTo(0.5, 10)
  expect(borrowedRate(10, 0.05, 300, 1000)).toBeCloseTo((10 * (0.6 + 300)) / 1012, 10)
})

test('confidence is one half where an alarm opens, and a decade of evidence multiplies the odds by ten', () => {
  expect(confidenceOfEvidence(12, 12)).toBe(0.5)
  expect(confidenceOfEvidence(12 + Math.LN10, 12)).toBeCloseTo(10 / 11, 10)
  expect(confidenceOfEvidence(0, 12)).toBeGreaterThan(0)
  expect(confidenceOfEvidence(1000, 12)).toBeLessThan(1)
})

test('a series with ten times the middling peaks gets a threshold higher by about ln 10', () => {
  const above = [{ nats: 6, peaks: Math.round(1000 * 1500 * Math.exp(-6)) }]
  const many = [{ nats: 6, peaks: 10 * above[0]!.peaks }]
  const usual = recalibrate({ weeks: 1000, above }, 12, 0.02)
  const noisy = recalibrate({ weeks: 1000, above: many }, 12, 0.02)

  expect(noisy.openAtNats - usual.openAtNats).toBeCloseTo(Math.LN10, 0)
  expect(usual.realisedPerWeek).toBeCloseTo(1500 * Math.exp(-12), 3)
})

test('the rate of false alarms carries an interval, which narrows like the root of the time watched', () => {
  const measured = (weeks: number) =>
    recalibrate({ weeks, above: [{ nats: 6, peaks: Math.round(weeks * 1500 * Math.exp(-6)) }] }, 12, 0.02)
  const width = ({ interval }: { interval: { lower: number; upper: number } }) => interval.upper - interval.lower
  const [short, long] = [measured(1_000), measured(100_000)]

  expect(short.interval.lower).toBeLessThan(short.realisedPerWeek)
  expect(short.interval.upper).toBeGreaterThan(short.realisedPerWeek)
  expect(width(short) / width(long)).toBeCloseTo(Math.sqrt(100_050 / 1_050), 0)
})

test.each([
  [10, 4.79539, 17.08481],
  [100, 81.36399, 120.52895],
])('quantiles of Gamma(%d) are those of R’s qgamma(c(0.025, 0.975), shape)', (shape, lower, upper) => {
  expect(gammaQuantile(-1.96, shape) / lower).toBeCloseTo(1, 2)
  expect(gammaQuantile(1.96, shape) / upper).toBeCloseTo(1, 2)
})

import { expect, test } from 'vitest'
import {
  advanceErrorMix,
  type ErrorMix,
  logBetaBinomial,
  type MixShift,
  newErrorMix,
  shareEvidence,
} from '../../src/detection/error-mix.ts'
import { poisson, uniform } from './count-stream.ts'

const TYPES = ['unavailable', 'timeout', 'login', 'slow', 'other']
const USUAL: Record<string, number> = { unavailable: 0.5, timeout: 0.2, login: 0.08, slow: 0.12, other: 0.1 }
const MINUTE = 60_000

function play(
  minutes: number,
  rate: number,
  shares: Record<string, number>,
  mix: ErrorMix,
  fromMs: number,
  seed: number,
): MixShift[][] {
  const random = uniform(seed)
  const steps: MixShift[][] = []
  for (let i = 0; i < minutes; i++) {
    const counts = Object.fromEntries(TYPES.map((type) => [type, poisson(rate * shares[type]!, random)]))
    steps.push(advanceErrorMix(mix, TYPES, counts, fromMs + i * MINUTE, MINUTE))
  }
  return steps
}

const alarmsOf = (steps: MixShift[][]) => steps.flat().filter(({ isAlarm }) => isAlarm)

test('sign-in failures going from 8 to 60 per cent alarm although the volume stays ordinary', () => {
  const mix = newErrorMix()
  play(3 * 1440, 0.5, USUAL, mix, 0, 1)
  const shifted = { unavailable: 0.2, timeout: 0.08, login: 0.6, slow: 0.07, other: 0.05 }
  const steps = play(120, 0.5, shifted, mix, 3 * 1440 * MINUTE, 2)

  const first = steps.findIndex((shifts) => shifts.some(({ isAlarm }) => isAlarm))
  expect(first).toBeGreaterThanOrEqual(0)
  expect(first).toBeLessThan(60)
  const [shift] = steps[first]!
  expect(shift).toMatchObject({ errorType: 'login', isAlarm: true })
  expect(shift!.usualShare).toBeLessThan(0.15)
  expect(shift!.share).toBeGreaterThan(0.4)
})

test.each([0.05, 0.5, 5])('a month of the usual mix at %d reports a minute does not alarm', (rate) => {
  expect(alarmsOf(play(30 * 1440, rate, USUAL, newErrorMix(), 0, 3))).toEqual([])
})

test('more reports of the same mix are no shift', () => {
  const mix = newErrorMix()
  play(3 * 1440, 0.5, USUAL, mix, 0, 1)

  expect(alarmsOf(play(120, 50, USUAL, mix, 3 * 1440 * MINUTE, 4))).toEqual([])
})

test('a service nobody has reported before does not alarm at its first reports', () => {
  expect(advanceErrorMix(newErrorMix(), TYPES, { login: 3 }, 0, MINUTE).some(({ isAlarm }) => isAlarm)).toBe(false)
})

test('a shift that lasts for days becomes the usual mix', () => {
  const mix = newErrorMix()
  play(2 * 1440, 1, USUAL, mix, 0, 1)
  const shifted = { ...USUAL, login: 0.6, unavailable: 0.1 }
  play(5 * 1440, 1, shifted, mix, 2 * 1440 * MINUTE, 2)

  const usual = mix.usual.login! / Object.values(mix.usual).reduce((sum, reports) => sum + reports, 0)
  expect(usual).toBeGreaterThan(0.3)
})

/** With share 1/2 and firmness 2 the beta law is uniform, and each count from 0 to n is equally likely: 1 / (n + 1). */
test('the beta-binomial law of a uniform share gives every count the same chance', () => {
  const choose = [1, 4, 6, 4, 1]
  for (let k = 0; k <= 4; k++) expect(choose[k]! * Math.exp(logBetaBinomial(k, 4, 0.5, 2))).toBeCloseTo(0.2, 10)
})

test('the evidence of a share is the log likelihood ratio of two binomial laws', () => {
  expect(shareEvidence(12, 20, 0.08)).toBeCloseTo(12 * Math.log(0.6 / 0.08) + 8 * Math.log(0.4 / 0.92), 9)
  expect(shareEvidence(10, 10, 0.5)).toBeCloseTo(10 * Math.LN2, 9)
  expect(shareEvidence(0, 0, 0.3)).toBe(0)
})

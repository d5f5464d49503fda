import { expect, test } from 'vitest'
import {
  logLikelihoodRatio,
  logProbability,
  logUpperTail,
  quantileNear,
} from '../../src/detection/negative-binomial.ts'

/** R: dnbinom(x, size = mean / (dispersion - 1), mu = mean), and dpois(x, mean) where the dispersion is 1. */
test.each([
  [3, 5, 3.5, 4 * (2 / 7) ** 2 * (5 / 7) ** 3],
  [0, 5, 3.5, (2 / 7) ** 2],
  [2, 1, 2, 0.125],
  [9, 3, 1, 0.002700504],
])('P(X = %d) at mean %d and dispersion %d is %d', (x, mean, dispersion, expected) => {
  expect(Math.exp(logProbability(x, mean, dispersion))).toBeCloseTo(expected, 8)
})

test('probabilities sum to one', () => {
  let sum = 0
  for (let x = 0; x < 400; x++) sum += Math.exp(logProbability(x, 12.3, 2.7))
  expect(sum).toBeCloseTo(1, 10)
})

test('the upper tail of the geometric law is q^k', () => {
  const mean = 4
  for (const k of [1, 3, 10, 200]) expect(logUpperTail(k, mean, 1 + mean)).toBeCloseTo(k * Math.log(4 / 5), 8)
})

/** R: ppois(9, 3, lower.tail = FALSE) prints 0.001102488; Poisson tables give 0.9989 for P(X <= 9). */
test('the upper tail of Poisson(3) beyond nine is 0.001102488', () => {
  expect(Math.exp(logUpperTail(10, 3, 1))).toBeCloseTo(0.001102488, 9)
})

test('the upper tail is one minus the probabilities below, on either side of the mean', () => {
  for (const x of [1, 4, 8, 15]) {
    let below = 0
    for (let k = 0; k < x; k++) below += Math.exp(logProbability(k, 7, 1.8))
    expect(Math.exp(logUpperTail(x, 7, 1.8))).toBeCloseTo(1 - below, 9)
  }
})

test('the likelihood ratio is the ratio of the two probabilities', () => {
  for (const x of [0, 1, 5, 40]) {
    const expected = logProbability(x, 6, 1.5) - logProbability(x, 2, 1.5)
    expect(logLikelihoodRatio(x, 2, 6, 1.5)).toBeCloseTo(expected, 9)
  }
})

test('the band holds what is expected and never falls as that grows', () => {
  const means = Array.from({ length: 400 }, (_, i) => 0.001 * 1.03 ** i)
  for (const dispersion of [1.01, 1.4, 3, 12]) {
    const lower = means.map((mean) => quantileNear(-1.96, mean, dispersion))
    expect(lower.every((bound, i) => bound >= 0 && bound <= means[i]!)).toBe(true)
    expect(lower.every((bound, i) => i === 0 || bound >= lower[i - 1]!)).toBe(true)
    expect(means.every((mean) => quantileNear(1.96, mean, dispersion) >= mean)).toBe(true)
  }
})

test.each([
  [20, 1.4],
  [100, 1.2],
  [12, 1.01],
])('the 97.5 %% bound at mean %d and dispersion %d lies within a count of the exact quantile', (mean, dispersion) => {
  let exact = 0
  while (Math.exp(logUpperTail(exact + 1, mean, dispersion)) > 0.025) exact++
  expect(Math.abs(quantileNear(1.96, mean, dispersion) - exact)).toBeLessThan(1)
})

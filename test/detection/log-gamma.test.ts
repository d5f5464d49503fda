import { expect, test } from 'vitest'
import { logGamma, logRisingFactorial } from '../../src/detection/log-gamma.ts'

/** As R 4.3 prints lgamma(x) with 10 digits. */
test.each([
  [0.001, 6.907178885],
  [0.5, 0.5723649429],
  [1, 0],
  [2.5, 0.2846828705],
  [10.5, 13.94062522],
  [100, 359.1342054],
  [1e6, 12815504.57],
])('ln gamma(%d) is %d', (x, expected) => {
  expect(logGamma(x)).toBeCloseTo(expected, x > 1000 ? 2 : 6)
})

test('the rising factorial r (r + 1) … (r + x - 1) has the logarithm of its product', () => {
  expect(logRisingFactorial(3, 4)).toBeCloseTo(Math.log(3 * 4 * 5 * 6), 12)
  expect(logRisingFactorial(0.25, 0)).toBe(0)
})

test('both ways to the rising factorial meet where one takes over from the other', () => {
  for (const r of [1e-4, 0.3, 7, 900]) {
    const product = logRisingFactorial(r, 12) + Math.log(r + 12)
    expect(logRisingFactorial(r, 13)).toBeCloseTo(product, 9)
  }
})

/** The gamma function's logarithm and its differences, which every count likelihood here is made of. */

const HALF_LOG_TWO_PI = 0.9189385332046727

/** Above this argument four terms of Stirling's series are exact to double precision's last few digits. */
const STIRLING_FROM = 10

/**
 * ln Γ(x) by Stirling's series with Bernoulli terms (Abramowitz & Stegun 6.1.41), after shifting small arguments up by
 * Γ(x + 1) = x Γ(x).
 *
 * @param x above 0
 * @returns with a relative error below 1e-12
 */
export function logGamma(x: number): number {
  let shift = 1
  let y = x
  while (y < STIRLING_FROM) {
    shift *= y
    y += 1
  }
  return stirling(y) - Math.log(shift)
}

function stirling(x: number): number {
  const inverse = 1 / x
  const square = inverse * inverse
  const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series
}

/**
 * ln Γ(r + x) - ln Γ(r), the logarithm of the rising factorial: a product while x is a small whole number.
 *
 * @param r above 0
 * @param x 0 or more
 */
export function logRisingFactorial(r: number, x: number): number {
  if (x <= 12 && x === (x | 0)) {
    let product = 1
    for (let j = 0; j < x; j++) product *= r + j
    if (product > 0 && product < Number.MAX_VALUE) return Math.log(product)
  }
  return logGamma(r + x) - logGamma(r)
}

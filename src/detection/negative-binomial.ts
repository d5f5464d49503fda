import { logGamma, logRisingFactorial } from './log-gamma.ts'

/**
 * Negative binomial counts with variance `dispersion` x mean (NB1 of Cameron & Trivedi 1998): a sum of such counts with one
 * dispersion is such a count again, so windows and regional roll-ups keep exact likelihoods. R's `dnbinom(x, size, mu)`
 * has `size = mean / (dispersion - 1)`.
 */

/** Below this excess over 1 the law is Poisson's to every digit that matters, and the gamma ratios would cancel. */
const POISSON_BELOW = 1e-6

/**
 * ln P(X = x).
 *
 * @param x 0 or more
 * @param mean above 0
 * @param dispersion variance over mean, 1 or more
 */
export function logProbability(x: number, mean: number, dispersion: number): number {
  const excess = dispersion - 1
  if (excess < POISSON_BELOW) return x * Math.log(mean) - mean - logGamma(x + 1)
  const size = mean / excess
  return logRisingFactorial(size, x) - logGamma(x + 1) + x * Math.log(excess / dispersion) - size * Math.log(dispersion)
}

/**
 * ln of the likelihood ratio of one count: mean `raised` against mean `normal`, dispersion known.
 *
 * @param x 0 or more
 */
export function logLikelihoodRatio(x: number, normal: number, raised: number, dispersion: number): number {
  const excess = dispersion - 1
  if (excess < POISSON_BELOW) return x * Math.log(raised / normal) - (raised - normal)
  const sizeNormal = normal / excess
  const sizeRaised = raised / excess
  const gain = x === 0 ? 0 : logRisingFactorial(sizeRaised, x) - logRisingFactorial(sizeNormal, x)
  return gain - (sizeRaised - sizeNormal) * Math.log(dispersion)
}

/**
 * ln P(X >= x): the series from x upwards, so that it stays exact far in the tail.
 *
 * @param x a whole number, 0 or more
 */
export function logUpperTail(x: number, mean: number, dispersion: number): number {
  if (x <= 0) return 0
  const excess = dispersion - 1
  const size = mean / excess
  const isPoisson = excess < POISSON_BELOW
  const first = logProbability(x, mean, dispersion)
  if (x > mean) {
    let sum = 1
    for (let k = x, term = 1; term > sum * 1e-15; k++) {
      term *= isPoisson ? mean / (k + 1) : ((excess / dispersion) * (size + k)) / (k + 1)
      sum += term
    }
    return Math.min(0, first + Math.log(sum))
  }
  let below = 0
  for (let k = x, term = 1; k > 0 && term > below * 1e-15; k--) {
    term *= isPoisson ? k / mean : k / ((excess / dispersion) * (size + k - 1))
    below += term
  }
  return Math.log1p(-Math.min(1, Math.exp(first) * below))
}

/** Standard normal quantile of the 95 % band. */
export const BAND = 1.96

/**
 * A bound of the predictive law by Cornish & Fisher's expansion to the skewness (1938): within half a count of the exact
 * quantile wherever that is of use to a reader, and cheap enough for each bucket.
 *
 * @param z standard normal quantile, such as 1.96
 * @returns never below 0
 */
export function quantileNear(z: number, mean: number, dispersion: number): number {
  // Below this mean the expansion turns back up; the quantile does not.
  if (z < 0 && mean < (z * z * dispersion) / 4) return 0
  const deviation = Math.sqrt(dispersion * mean)
  return Math.max(0, mean + z * deviation + ((z * z - 1) / 6) * (2 * dispersion - 1))
}

/**
 * The Wilson score interval of a share, at 95 % (Wilson 1927, JASA 22:209, equation for the roots of (p - p̂)² = z² p(1-p)/n).
 *
 * @param hits how many of the `trials`
 * @returns bounds in [0, 1]; `null` without trials
 * @throws RangeError when hits are not among the trials
 */
export function wilsonInterval(hits: number, trials: number): { lower: number; upper: number } | null {
  if (!(hits >= 0 && hits <= trials)) throw new RangeError(`${hits} hits in ${trials} trials`)
  if (trials === 0) return null
  const z = 1.959_963_984_540_054
  const share = hits / trials
  const centre = share + (z * z) / (2 * trials)
  const half = z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))
  const scale = 1 + (z * z) / trials
  return { lower: Math.max(0, (centre - half) / scale), upper: Math.min(1, (centre + half) / scale) }
}

/** A source of numbers in [0, 1). */
export type Random = () => number

/** Mulberry32: 32 bits of state, good enough for a show, and the same every time for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A Poisson count: by multiplication of uniforms (Knuth) while small, by the normal approximation beyond. */
export function poisson(mean: number, random: Random): number {
  if (mean <= 0) return 0
  if (mean > 60) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal))
  }
  const limit = Math.exp(-mean)
  let count = 0
  for (let product = random(); product > limit; product *= random()) count++
  return count
}

/** One of the entries, each as likely as its weight. */
export function pick<T>(weighted: readonly (readonly [T, number])[], random: Random): T {
  let rest = random() * weighted.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of weighted) {
    rest -= weight
    if (rest < 0) return value
  }
  return weighted.at(-1)![0]
}

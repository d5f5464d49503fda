/** Made-up report counts for the detector's tests: seeded, so that every run sees the same. */

/** mulberry32: uniform numbers in [0, 1). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A Poisson count, by inversion in steps that keep exp() away from underflow. */
export function poisson(mean: number, random: () => number): number {
  let count = 0
  for (let left = mean; left > 0; left -= 50) {
    const part = Math.min(50, left)
    let probability = Math.exp(-part)
    let sum = probability
    const target = random()
    let k = 0
    while (target > sum && k < 1000) {
      k++
      probability *= part / k
      sum += probability
    }
    count += k
  }
  return count
}

/** A daily rhythm around 1, highest in the afternoon, UTC. */
export function rhythm(atMs: number): number {
  return 1 + 0.6 * Math.cos((2 * Math.PI * (atMs / 3_600_000 - 15)) / 24)
}

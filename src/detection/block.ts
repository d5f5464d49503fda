/** A few minutes that share one estimate of the wander, and what was seen in them. */
export interface Block {
  /** When it ends. */
  endMs: number
  /** Sums over its buckets: counts and their squares, winsorised, and what season and level foresaw. */
  count: number
  squares: number
  expected: number
  buckets: number
  /** Variance over mean of its counts. */
  dispersion: number
  /** Counts beyond this are taken for it when dispersion and wander learn. */
  cap: number
}

export function newBlock(): Block {
  return { endMs: Number.NEGATIVE_INFINITY, count: 0, squares: 0, expected: 0, buckets: 0, dispersion: 1.4, cap: 0 }
}

export function emptyBlock(block: Block): void {
  block.count = 0
  block.squares = 0
  block.expected = 0
  block.buckets = 0
}

export function addToBlock(block: Block, count: number, foreseen: number): void {
  const winsorised = Math.min(count, block.cap)
  block.count += winsorised
  block.squares += winsorised * winsorised
  block.expected += foreseen
  block.buckets++
}

/**
 * Squared deviations that chance made of a block's counts, in sum over its buckets: about their own mean where there are several,
 * so that no error of what was foreseen inflates them; else about the foreseen one, less what its uncertainty adds, and winsorised
 * below it as counts are above.
 *
 * @param mean foreseen for a bucket
 * @param variance of its logarithm
 */
export function squaresOf({ count, squares, buckets, cap }: Block, mean: number, variance: number): number {
  if (buckets > 1) return (Math.max(0, squares - (count * count) / buckets) * buckets) / (buckets - 1)
  const about = Math.min((count - mean) ** 2, (cap - mean) ** 2)
  return Math.max(0, about - mean * mean * variance)
}

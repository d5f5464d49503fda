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

/** Sum of squares about a mean that all buckets share, less what the uncertainty of that mean adds. @param variance of its logarithm */
export function squaresAbout({ count, squares, buckets }: Block, mean: number, variance: number): number {
  const about = squares - 2 * mean * count + buckets * mean * mean
  return Math.max(0, about - buckets * mean * mean * variance)
}

import { DAY, HOUR, MINUTE, SECOND, WEEK } from '../time.ts'
import { Detector, type SeriesOptions, type Verdict } from './detector.ts'

/** Rows kept until the pace is taken for settled. */
const EARLY_ROWS = 64

/**
 * A detector for counts whose bucket width nobody told: it is the smallest step seen among a series' first rows. The first
 * verdict is the same for any width, so each row is judged when it comes; where a finer step turns up, what came before is
 * taken in again at that width. After 64 rows the width is settled.
 */
export class PacedDetector {
  private detector: Detector | null = null
  private paceMs = Number.POSITIVE_INFINITY
  private early: { atMs: number; count: number }[] | null = []
  private lastMs = Number.NEGATIVE_INFINITY

  constructor(private readonly options: Omit<SeriesOptions, 'bucketMs'>) {}

  /** @returns the verdict, or `null` for a row that is not later than the one before it and is not learned from */
  advance(atMs: number, count: number): Verdict | null {
    const step = atMs - this.lastMs
    if (step <= 0) return null
    this.lastMs = atMs
    if (this.early !== null) {
      if (step < this.paceMs * 0.75) this.adopt(step)
      this.early.push({ atMs, count })
      if (this.early.length >= EARLY_ROWS) this.early = null
    }
    this.detector ??= new Detector({ ...this.options, bucketMs: MINUTE })
    return this.detector.advance(atMs, count)
  }

  /** The last verdict, as for a row that was not learned from. */
  peek(): Verdict {
    return this.detector!.peek()
  }

  private adopt(stepMs: number): void {
    if (!Number.isFinite(stepMs)) return
    this.paceMs = roundPace(stepMs)
    this.detector = new Detector({ ...this.options, bucketMs: this.paceMs })
    for (const { atMs, count } of this.early!) this.detector.advance(atMs, count)
  }
}

const USUAL_PACES = [
  ...[1, 2, 5, 10, 15, 20, 30].map((n) => n * SECOND),
  ...[1, 2, 3, 5, 10, 15, 20, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 4, 6, 8, 12].map((n) => n * HOUR),
  DAY,
  WEEK,
]

/** A usual width where the step is within a tenth of it: clocks jitter. */
function roundPace(stepMs: number): number {
  return USUAL_PACES.find((pace) => Math.abs(stepMs - pace) <= pace / 10) ?? stepMs
}

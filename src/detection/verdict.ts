export type VerdictLevel = 'quiet' | 'suspected' | 'open'

/** The word on one bucket of a series. */
export interface Verdict {
  /** What was foreseen for the bucket, with its 95 % band. */
  expected: number
  lower: number
  upper: number
  /** Log likelihood ratio of the best explanation by a rise against the baseline, in nats. */
  evidenceNats: number
  /** Calibrated evidence in decades. */
  score: number
  level: VerdictLevel
  /** When the rise probably began; `null` without evidence. */
  onsetMs: number | null
}

import { HOUR } from '../time.ts'

export interface Label {
  /** Empty where the counts name no series. */
  series: string
  startMs: number
  endMs: number
}

/** What one rule for "alarm" would have given. */
export interface RuleResult {
  /** Score from which on it alarms; `null` for the detector's own rule. */
  threshold: number | null
  found: number
  /** Time from the start of each found outage to its alarm, ascending. */
  delaysMs: number[]
  falseAlarms: number
}

export interface BacktestResults {
  /** Outages that had rows to be found in; a label without a series is one in each. */
  labels: number
  /** Labels in which no judged row lay. */
  unmet: number
  series: number
  /** Time outside every label, over all series. */
  watchedMs: number
  rules: RuleResult[]
}

/** Decades of the curve. */
const THRESHOLDS = [1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7, 8, 10, 12, 15, 20]
const MERGE_MS = HOUR
const MERGE_BUCKETS = 3

interface SeriesTally {
  firstMs: number
  lastMs: number
  labels: Label[]
  /** The first label that may still be met. */
  next: number
  /** Whether a row lay in the present label. */
  isMet: boolean
  /** By rule: when it last alarmed, and whether the present label was found. */
  lastAlarmMs: number[]
  isFound: boolean[]
}

/** Counts, row by row, what each rule finds and where it cries wolf; memory depends on series and labels alone. */
export class BacktestTally {
  private readonly bySeries = new Map<string, SeriesTally>()
  private readonly rules: RuleResult[]
  private watchedMs = 0
  /** Labels in which rows lay: others were never there to be found. */
  private readonly met = new Set<Label>()
  private outages = 0

  constructor(
    private readonly labels: readonly Label[],
    private readonly warmUpMs: number,
  ) {
    this.rules = [null, ...THRESHOLDS].map((threshold) => ({ threshold, found: 0, delaysMs: [], falseAlarms: 0 }))
  }

  add(series: string, atMs: number, score: number, isOpen: boolean): void {
    const tally = this.tallyOf(series, atMs)
    const stepMs = Math.max(0, atMs - tally.lastMs)
    tally.lastMs = Math.max(tally.lastMs, atMs)
    if (atMs - tally.firstMs < this.warmUpMs) return
    const label = this.labelAt(tally, atMs)
    if (label === null) this.watchedMs += Math.min(stepMs, MERGE_MS * 24 * 7)
    for (const [i, rule] of this.rules.entries()) {
      if (!(rule.threshold === null ? isOpen : score >= rule.threshold)) continue
      if (label !== null) {
        if (!tally.isFound[i]) {
          tally.isFound[i] = true
          rule.found++
          rule.delaysMs.push(atMs - label.startMs)
        }
      } else if (atMs - tally.lastAlarmMs[i]! > Math.max(MERGE_MS, MERGE_BUCKETS * stepMs)) rule.falseAlarms++
      tally.lastAlarmMs[i] = atMs
    }
  }

  results(): BacktestResults {
    for (const rule of this.rules) rule.delaysMs.sort((a, b) => a - b)
    return {
      labels: this.outages,
      unmet: this.labels.length - this.met.size,
      series: this.bySeries.size,
      watchedMs: this.watchedMs,
      rules: this.rules,
    }
  }

  private tallyOf(series: string, atMs: number): SeriesTally {
    const known = this.bySeries.get(series)
    if (known) return known
    const labels = this.labels.filter((label) => label.series === series || label.series === '')
    const tally: SeriesTally = {
      firstMs: atMs,
      lastMs: atMs,
      labels: labels.sort((a, b) => a.startMs - b.startMs),
      next: 0,
      isMet: false,
      lastAlarmMs: this.rules.map(() => Number.NEGATIVE_INFINITY),
      isFound: this.rules.map(() => false),
    }
    this.bySeries.set(series, tally)
    return tally
  }

  /** The label that holds this instant; labels are met in order, each counted when its first row comes. */
  private labelAt(tally: SeriesTally, atMs: number): Label | null {
    let label = tally.labels[tally.next]
    while (label !== undefined && atMs > label.endMs) {
      label = tally.labels[++tally.next]
      tally.isMet = false
      tally.isFound.fill(false)
    }
    if (label === undefined || atMs < label.startMs) return null
    if (!tally.isMet) {
      tally.isMet = true
      this.met.add(label)
      this.outages++
    }
    return label
  }
}

import { DAY, HOUR, MINUTE } from '../time.ts'
import { ChartBank } from './chart-bank.ts'
import { type ClockShift, isClockChange, logAllowance, newClockShift, watchShapes } from './clock-shift.ts'
import { correct, type Drift, relax, varianceAfter } from './drift.ts'
import { correctLevel, type Level, levelUnit, newLevel, trendOn } from './level.ts'
import { dispersionOf, learnDispersion, learnWander, type Moments, newMoments, wanderOf } from './moments.ts'
import { quantileNear } from './negative-binomial.ts'
import { readSlot, type SlotRate } from './season-profile.ts'
import { DEFAULT_SEASON, type SlotClock, seasonPhase, slotClock, slotOf, slotWidthFor } from './slot-clock.ts'
import { SlotHistory } from './slot-history.ts'
import { readNumbers, writeNumbers } from './state-text.ts'
import { followPeak, forgetColdStart, newTempering, recover, type Tempering } from './tempering.ts'

/** Changes whenever the same counts may give another verdict. */
export const METHOD_VERSION = '1'

/** What is believed of a series before its own counts: expected per bucket, worth so many reports. */
export interface RatePrior {
  expectedPerBucket: number
  weight: number
}

export interface SeriesOptions {
  /** Width of a bucket: a minute to a week. */
  bucketMs: number
  /** After how long the rhythm repeats; a week unless told. */
  seasonMs?: number
  /** Zone whose wall clock the rhythm follows; UTC unless told. */
  timeZone?: string
  /** Share of the alarm budget, in (0, 1]; 1 unless told. */
  share?: number
  prior?: RatePrior | null
}

export type VerdictLevel = 'quiet' | 'suspected' | 'open'

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

/** Evidence at which the alarm of a series with the whole budget opens, in nats. */
const OPEN_AT = 12
const SUSPECT_BELOW_OPEN = 3
/** The baseline learns while evidence is below this. */
const CALM_BELOW = 7
/** An alarm closes when its chart has given back this much. */
const GIVE_BACK = 6
/** The baseline learns from an alarm that lasts longer than this. */
const ACCEPT_AFTER_MS = 12 * HOUR
const ACCEPT_AFTER_BUCKETS = 12
/** So many foreseen reports that did not come are a silent collector, not a quiet hour. */
const SILENCE = 12
const BELIEVE_SILENCE_MS = 36 * HOUR

const BAND = 1.96

export class Detector {
  private readonly bucketMs: number
  private readonly blockMs: number
  private readonly driftMemoryMs: number
  private readonly threshold: number
  private clock: SlotClock
  private history: SlotHistory
  private readonly prior: RatePrior | null

  private firstMs = Number.NaN
  private nextMs = Number.NaN
  private rootRate = 0
  private rootShape = 0

  private slot = -1
  private slotStartMs = 0
  private slotEndMs = 0
  private slotCount = 0
  private slotBuckets = 0
  private slotExpected = 0
  private lastResidual = Number.NaN
  private before: SlotRate = { rate: 0, shape: 1 }
  private here: SlotRate = { rate: 0, shape: 1 }
  private after: SlotRate = { rate: 0, shape: 1 }

  private blockEndMs = Number.NEGATIVE_INFINITY
  private blockCount = 0
  private blockSquares = 0
  private blockExpected = 0
  private blockBuckets = 0
  private blockDispersion = 1.4
  private blockCap = 0

  private readonly drift: Drift = { mean: 0, variance: 0.0025 }
  private readonly level: Level = newLevel()
  private readonly moments: Moments = newMoments()
  private readonly charts: ChartBank
  private readonly tempering: Tempering = newTempering()
  private readonly shift: ClockShift = newClockShift()
  private readonly infersShift: boolean
  /** Rates of the season an hour before and after the present slot; 0 where clock changes are not looked for. */
  private hourBefore = 0
  private hourAfter = 0
  private levelFactor = 1
  private silence = 0
  private silenceMs = 0

  private state: VerdictLevel = 'quiet'
  private peakEvidence = 0
  private openedMs = 0
  private last: Verdict = { expected: 0, lower: 0, upper: 0, evidenceNats: 0, score: 0, level: 'quiet', onsetMs: null }

  constructor(options: SeriesOptions) {
    const { bucketMs, seasonMs = DEFAULT_SEASON, timeZone, share = 1, prior = null } = options
    if (!(bucketMs > 0)) throw new RangeError(`a bucket must have a width, got ${bucketMs}`)
    if (!(share > 0 && share <= 1)) throw new RangeError(`a share of the budget lies in (0, 1], got ${share}`)
    this.bucketMs = bucketMs
    this.blockMs = Math.max(1, Math.round((5 * MINUTE) / bucketMs)) * bucketMs
    this.driftMemoryMs = Math.max(8 * HOUR, 3 * bucketMs)
    this.threshold = OPEN_AT - Math.log(share)
    this.clock = slotClock(bucketMs, seasonMs, HOUR, timeZone ?? null)
    this.history = new SlotHistory(this.clock)
    this.prior = prior
    this.infersShift = timeZone === undefined && this.clock.slotsPerDay >= 24
    this.charts = new ChartBank(bucketMs)
  }

  /**
   * Takes in one bucket and judges it by what was known before it. Buckets come in order of time; one that was skipped is
   * a gap, one that comes late is ignored.
   */
  advance(startMs: number, count: number): Verdict {
    if (!(count >= 0)) throw new RangeError(`a count is 0 or more, got ${count}`)
    if (startMs < this.nextMs) return this.last
    if (Number.isNaN(this.firstMs)) this.begin(startMs, count)
    else if (startMs >= this.nextMs + this.bucketMs) this.passGap(startMs)
    if (startMs >= this.blockEndMs) {
      this.closeBlock()
      if (startMs >= this.slotEndMs) {
        this.closeSlot()
        this.refineSlots()
        this.openSlot(startMs)
      }
      this.openBlock(startMs)
    }
    this.nextMs = startMs + this.bucketMs

    const base = this.baseAt(startMs + this.bucketMs / 2)
    const evidence = this.charts.add(count, base, startMs)
    if (startMs - this.firstMs > DAY) followPeak(this.tempering, evidence)
    const winsorised = Math.min(count, this.blockCap)
    this.blockCount += winsorised
    this.blockSquares += winsorised * winsorised
    this.blockExpected += base
    this.blockBuckets++
    if (count > 0) {
      this.silence = 0
      this.silenceMs = 0
    } else {
      this.silence += base
      this.silenceMs += this.bucketMs
    }
    if (!this.isSilent) {
      this.slotCount += count
      this.slotBuckets++
      this.slotExpected += base
    }
    return this.judge(startMs, base, evidence)
  }

  /** Every bucket that begins before `untilMs` was seen, and empty. */
  advanceQuiet(untilMs: number): void {
    if (Number.isNaN(this.nextMs)) return
    while (this.nextMs < untilMs) this.advance(this.nextMs, 0)
  }

  /** The verdict after the last bucket. */
  peek(): Verdict & { expectedPerBucket: number; nextMs: number | null } {
    return {
      ...this.last,
      expectedPerBucket: this.last.expected,
      nextMs: Number.isNaN(this.nextMs) ? null : this.nextMs,
    }
  }

  /** What is foreseen for the sum over a window, from what is known now. */
  forecast(fromMs: number, untilMs: number): { expected: number; lower: number; upper: number } {
    let expected = 0
    let spread = 0
    const end = this.nextMs
    const variance = this.stationaryVariance()
    for (let at = fromMs; at < untilMs; ) {
      const phase = seasonPhase(this.clock, at + this.shift.shiftMs)
      const inSlot = this.clock.slotMs - (phase % this.clock.slotMs)
      const until = Math.min(untilMs, at + inSlot)
      const rate = this.readSlot(slotOf(this.clock, phase))
      const ahead = Math.max(0, at - end)
      const drift = this.drift.mean * Math.exp(-ahead / this.driftMemoryMs)
      const mean = (rate.rate * this.levelFactor * Math.exp(drift) * (until - at)) / this.bucketMs
      expected += mean
      spread += mean * Math.sqrt(variance)
      at = until
    }
    const dispersion = dispersionOf(this.moments) + (expected > 0 ? (spread * spread) / expected : 0)
    return {
      expected,
      lower: quantileNear(-BAND, expected, dispersion),
      upper: quantileNear(BAND, expected, dispersion),
    }
  }

  private begin(startMs: number, count: number): void {
    this.firstMs = startMs
    this.rootRate = this.prior ? Math.max(1e-6, this.prior.expectedPerBucket) : count + 0.3
    this.rootShape = this.prior ? Math.max(0.3, this.prior.weight) : 0.5
    this.openSlot(startMs)
  }

  private clockOf(slotMs: number): SlotClock {
    const { seasonMs, timeZone } = this.clock
    return slotClock(this.bucketMs, seasonMs, slotMs, timeZone)
  }

  /** Takes up finer slots once the series has the counts to fill them. */
  private refineSlots(): void {
    const { totalCount, totalExposure } = this.history
    const { seasonMs, slotMs } = this.clock
    if (slotMs <= this.bucketMs || this.nextMs - this.firstMs < DAY) return
    const perSeason = ((totalCount / totalExposure) * this.levelFactor * seasonMs) / this.bucketMs
    const finer = this.clockOf(slotWidthFor(perSeason))
    if (finer.slotMs >= slotMs || slotMs % finer.slotMs !== 0) return
    this.history = this.history.refined(finer)
    this.clock = finer
    this.slot = -1
  }

  private openSlot(startMs: number): void {
    const phase = seasonPhase(this.clock, startMs + this.shift.shiftMs)
    const slot = slotOf(this.clock, phase)
    const follows = this.slot >= 0 && slot === (this.slot + 1) % this.clock.slots && startMs === this.slotEndMs
    const { slots } = this.clock
    if (follows) {
      const foreseen = this.after.rate
      this.before = this.here
      this.here = this.readSlot(slot)
      this.rebase(Math.log(this.here.rate / foreseen))
    } else {
      this.before = this.readSlot((slot + slots - 1) % slots)
      this.here = this.readSlot(slot)
    }
    this.after = this.readSlot((slot + 1) % slots)
    if (this.infersShift && isClockChange(startMs)) {
      const hour = HOUR / this.clock.slotMs
      this.hourBefore = this.readSlot((slot + slots - hour) % slots).rate
      this.hourAfter = this.readSlot((slot + hour) % slots).rate
    }
    this.slot = slot
    this.slotStartMs = startMs - (phase % this.clock.slotMs)
    this.slotEndMs = this.slotStartMs + this.clock.slotMs
    this.slotCount = 0
    this.slotBuckets = 0
    this.slotExpected = 0
  }

  /** What was learned moves the baseline, so the drift about it moves the other way. */
  private rebase(logStep: number): void {
    this.drift.mean -= logStep
    this.charts.rebase(logStep)
  }

  private closeSlot(): void {
    recover(this.tempering, this.clock.slotMs, this.bucketMs)
    if (this.slotBuckets === 0) {
      this.lastResidual = Number.NaN
      return
    }
    const dispersion = dispersionOf(this.moments)
    const { slotCount: count, slotExpected: expected } = this
    const age = this.nextMs - this.firstMs
    const knowsSeason = age >= this.clock.seasonMs
    if (knowsSeason && age < this.clock.seasonMs + this.clock.slotMs) forgetColdStart(this.tempering)
    const isCalm = this.charts.evidence < CALM_BELOW && this.state !== 'open'
    const residual = (count - expected) / expected
    if (knowsSeason && isCalm && !Number.isNaN(this.lastResidual)) {
      learnWander(this.moments, residual, this.lastResidual, dispersion / expected)
    }
    this.lastResidual = isCalm ? residual : Number.NaN
    this.history.write(this.slot, count, this.slotBuckets * this.roundedLevel, dispersion)
    if (this.infersShift && knowsSeason && isCalm) this.watchClock(count, expected, dispersion)
    if (
      this.state === 'open' &&
      this.nextMs - this.openedMs > Math.max(ACCEPT_AFTER_MS, ACCEPT_AFTER_BUCKETS * this.bucketMs)
    )
      this.acceptRise()
    else if (knowsSeason) {
      const shared = Math.max(1, this.driftMemoryMs / this.clock.slotMs)
      const before = this.level.log
      if (isCalm)
        correctLevel(this.level, this.clock.slotMs, count, expected, dispersion, wanderOf(this.moments), shared)
      this.rebase(this.level.log - before)
      trendOn(this.level, this.clock.slotMs / levelUnit(this.bucketMs))
      this.levelFactor = Math.exp(this.level.log)
    }
  }

  private watchClock(count: number, expected: number, dispersion: number): void {
    const { shift } = this
    const scale = this.slotBuckets * this.levelFactor * (expected > 0 ? 1 : 0)
    const shared = Math.max(1, this.driftMemoryMs / this.clock.slotMs)
    const temper = dispersion + 2 * shared * expected * wanderOf(this.moments)
    watchShapes(
      shift,
      this.slotStartMs,
      count,
      this.here.rate * scale,
      this.hourBefore * scale,
      this.hourAfter * scale,
      temper,
    )
  }

  /** What has lasted so long is the new normal: the level takes it up, and the charts begin anew. */
  private acceptRise(): void {
    this.level.log += this.charts.logRise
    this.level.variance = Math.max(this.level.variance, 0.04)
    this.levelFactor = Math.exp(this.level.log)
    this.drift.mean = 0
    this.charts.restartAll()
    this.state = 'quiet'
  }

  private openBlock(startMs: number): void {
    const base = this.baseAt(startMs + this.blockMs / 2)
    const sd = Math.sqrt(this.stationaryVariance())
    this.drift.mean = Math.min(3 * sd, Math.max(-2.5 * sd, this.drift.mean))
    const mean = base * Math.exp(this.drift.mean)
    const dispersion = dispersionOf(this.moments)
    this.blockDispersion = dispersion
    this.blockCap = mean + 5 * Math.sqrt(dispersion * mean) + 2
    const allowance = this.logAllowance(startMs)
    this.charts.power = this.tempering.power
    this.charts.openBlock(this.drift.mean, allowance, dispersion + mean * this.drift.variance)
    this.blockEndMs = startMs - (((startMs % this.blockMs) + this.blockMs) % this.blockMs) + this.blockMs
    this.blockCount = 0
    this.blockSquares = 0
    this.blockExpected = 0
    this.blockBuckets = 0
  }

  /** Log of the factor by which a clock change may raise the rate beyond what the wander has taken up. */
  private logAllowance(atMs: number): number {
    if (!this.infersShift || !isClockChange(atMs)) return 0
    const allowance = logAllowance(this.shift, this.here.rate, this.hourBefore, this.hourAfter)
    return Math.max(0, allowance - Math.max(0, this.drift.mean))
  }

  private closeBlock(): void {
    if (this.blockBuckets === 0) return
    const elapsed = this.blockBuckets * this.bucketMs
    const stationary = this.stationaryVariance()
    if (!this.isSilent) {
      const { drift, blockDispersion: dispersion } = this
      const expected = this.blockExpected * Math.exp(drift.mean)
      const mean = expected / this.blockBuckets
      const variance = drift.variance
      if (this.charts.evidence < CALM_BELOW && this.state !== 'open') {
        const squares = this.blockSquares - 2 * mean * this.blockCount + this.blockBuckets * mean * mean
        const wander = this.blockBuckets * mean * mean * variance
        learnDispersion(this.moments, Math.max(0, squares - wander), mean, this.blockBuckets)
      }
      const reach = 2 * Math.sqrt(stationary)
      this.charts.closeBlock(variance, Math.exp(-elapsed / this.driftMemoryMs), dispersion, reach)
      drift.mean = correct(drift.mean, variance, this.blockCount, expected, dispersion)
      drift.variance = varianceAfter(variance, expected, dispersion)
    }
    relax(this.drift, elapsed, this.driftMemoryMs, stationary)
    this.blockBuckets = 0
  }

  private passGap(startMs: number): void {
    this.closeBlock()
    this.closeSlot()
    relax(this.drift, startMs - this.nextMs, this.driftMemoryMs, this.stationaryVariance())
    this.lastResidual = Number.NaN
    if (startMs - this.nextMs > Math.max(2 * HOUR, 3 * this.bucketMs)) {
      this.charts.restartAll()
      this.state = 'quiet'
    }
    this.silence = 0
    this.silenceMs = 0
    this.openSlot(startMs)
    this.blockEndMs = startMs
  }

  /** How far the log rate may lie from the baseline: wander, and what is not known of season and level. */
  private stationaryVariance(): number {
    return wanderOf(this.moments) + 1 / this.here.shape + this.level.variance
  }

  /** The level in steps of 3 per cent: exposures that repeat take little room. */
  private get roundedLevel(): number {
    return Math.exp(Math.round(this.level.log * 32) / 32)
  }

  private get isSilent(): boolean {
    return this.silence > SILENCE && this.silenceMs < BELIEVE_SILENCE_MS
  }

  private readSlot(slot: number): SlotRate {
    const prior = { rate: this.rootRate, shape: this.rootShape }
    return readSlot(this.history, slot, dispersionOf(this.moments), prior)
  }

  /** Counts per bucket that season and level foresee at an instant; linear between the centres of slots. */
  private baseAt(atMs: number): number {
    const { slotMs } = this.clock
    if (slotMs <= this.bucketMs) return this.here.rate * this.levelFactor
    const off = (atMs - this.slotStartMs) / slotMs - 0.5
    const beside = off < 0 ? this.before : this.after
    const part = Math.abs(off)
    return (this.here.rate * (1 - part) + beside.rate * part) * this.levelFactor
  }

  private judge(startMs: number, base: number, evidence: number): Verdict {
    if (this.state === 'open') {
      this.peakEvidence = Math.max(this.peakEvidence, evidence)
      if (evidence < this.peakEvidence - GIVE_BACK) {
        this.state = 'quiet'
        this.charts.restartAll()
      }
    } else if (evidence >= this.threshold) {
      this.state = 'open'
      this.openedMs = startMs
      this.peakEvidence = evidence
    } else if (evidence >= this.threshold - SUSPECT_BELOW_OPEN) this.state = 'suspected'
    else if (evidence < this.threshold - SUSPECT_BELOW_OPEN - 2) this.state = 'quiet'

    const expected = base * Math.exp(this.drift.mean)
    const dispersion = this.blockDispersion + expected * this.drift.variance
    this.last = {
      expected,
      lower: quantileNear(-BAND, expected, dispersion),
      upper: quantileNear(BAND, expected, dispersion),
      evidenceNats: this.charts.evidence,
      score: this.charts.evidence / Math.LN10,
      level: this.state,
      onsetMs: this.charts.onsetMs,
    }
    return this.last
  }

  /** Everything that is known, as text with the method's version. */
  serialise(): string {
    const { drift, level, moments } = this
    const numbers = [
      ...[this.firstMs, this.nextMs, this.rootRate, this.rootShape],
      ...[this.slot, this.slotStartMs, this.slotEndMs, this.slotCount, this.slotBuckets, this.slotExpected],
      ...[this.lastResidual, ...rateNumbers(this.before), ...rateNumbers(this.here), ...rateNumbers(this.after)],
      ...[this.blockEndMs, this.blockCount, this.blockSquares, this.blockExpected, this.blockBuckets],
      ...[this.blockDispersion, this.blockCap, drift.mean, drift.variance, level.log, level.lowMs],
      ...[level.slope, level.variance, level.slopeVariance, level.covariance],
      ...[moments.dispersionSum, moments.dispersionWeight, moments.wanderSum, moments.wanderWeight],
      ...[this.silence, this.silenceMs, STATES.indexOf(this.state), this.peakEvidence, this.openedMs],
      ...[this.tempering.power, this.tempering.peak, this.tempering.tolerated],
      ...[this.charts.nullDrift, this.charts.allowance, this.charts.dispersion],
    ]
    const { expected, lower, upper, evidenceNats, score, onsetMs } = this.last
    numbers.push(expected, lower, upper, evidenceNats, score, onsetMs ?? Number.NaN)
    return [METHOD_VERSION, writeNumbers(numbers), writeNumbers(this.charts.values), this.history.serialise()].join('|')
  }

  /** @returns `null` for text of another method version or of other slots: rebuild from counts then */
  static deserialise(text: string, options: SeriesOptions): Detector | null {
    const [version, scalars, charts, season] = text.split('|')
    if (version !== METHOD_VERSION || scalars === undefined || charts === undefined || season === undefined) return null
    const detector = new Detector(options)
    if (!detector.restoreHistory(season)) return null
    detector.restore(readNumbers(scalars), readNumbers(charts))
    return detector
  }

  private restoreHistory(text: string): boolean {
    const coarse = SlotHistory.deserialise(text, this.clock)
    if (coarse !== null) {
      this.history = coarse
      return true
    }
    const fine = this.clockOf(15 * MINUTE)
    const history = SlotHistory.deserialise(text, fine)
    if (history === null) return false
    this.clock = fine
    this.history = history
    return true
  }

  private restore(numbers: number[], charts: number[]): void {
    let at = 0
    const next = () => numbers[at++]!
    const rate = (): SlotRate => ({ rate: next(), shape: next() })
    this.firstMs = next()
    this.nextMs = next()
    this.rootRate = next()
    this.rootShape = next()
    this.slot = next()
    this.slotStartMs = next()
    this.slotEndMs = next()
    this.slotCount = next()
    this.slotBuckets = next()
    this.slotExpected = next()
    this.lastResidual = next()
    this.before = rate()
    this.here = rate()
    this.after = rate()
    this.blockEndMs = next()
    this.blockCount = next()
    this.blockSquares = next()
    this.blockExpected = next()
    this.blockBuckets = next()
    this.blockDispersion = next()
    this.blockCap = next()
    this.drift.mean = next()
    this.drift.variance = next()
    this.level.log = next()
    this.level.lowMs = next()
    this.level.slope = next()
    this.level.variance = next()
    this.level.slopeVariance = next()
    this.level.covariance = next()
    this.levelFactor = Math.exp(this.level.log)
    this.moments.dispersionSum = next()
    this.moments.dispersionWeight = next()
    this.moments.wanderSum = next()
    this.moments.wanderWeight = next()
    this.silence = next()
    this.silenceMs = next()
    this.state = STATES[next()] ?? 'quiet'
    this.peakEvidence = next()
    this.openedMs = next()
    this.tempering.power = next()
    this.tempering.peak = next()
    this.tempering.tolerated = next()
    this.charts.power = this.tempering.power
    const [nullDrift, allowance, dispersion] = [next(), next(), next()]
    this.charts.restore(charts, nullDrift, allowance, dispersion)
    const [expected, lower, upper, evidenceNats, score, onset] = [next(), next(), next(), next(), next(), next()]
    const onsetMs = Number.isNaN(onset) ? null : onset
    this.last = { expected, lower, upper, evidenceNats, score, level: this.state, onsetMs }
  }
}

const STATES: VerdictLevel[] = ['quiet', 'suspected', 'open']

function rateNumbers({ rate, shape }: SlotRate): number[] {
  return [rate, shape]
}

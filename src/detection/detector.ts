import { DAY, HOUR, MINUTE } from '../time.ts'
import { nextLevel, OPEN_AT } from './alarm.ts'
import { addToBlock, type Block, emptyBlock, newBlock, squaresAbout } from './block.ts'
import { ChartBank } from './chart-bank.ts'
import { type ClockShift, dailyPower, isClockChange, logAllowance, newClockShift, watchShapes } from './clock-shift.ts'
import { correct, type Drift, relax, varianceAfter } from './drift.ts'
import { ExcessRarity } from './excess-rarity.ts'
import { correctLevel, followOrdinary, type Level, levelUnit, newLevel, trendOn } from './level.ts'
import { dispersionOf, learnDispersion, learnWander, type Moments, newMoments, wanderOf } from './moments.ts'
import { quantileNear } from './negative-binomial.ts'
import { newScalars } from './scalars.ts'
import type { SlotRate } from './season-profile.ts'
import { SeasonWindow } from './season-window.ts'
import { DEFAULT_SEASON, seasonPhase, slotOf } from './slot-clock.ts'
import { readNumbers, writeNumbers } from './state-text.ts'
import {
  extraDoubt,
  followPeak,
  forgetColdStart,
  newTempering,
  recover,
  type Tempering,
  tailWeight,
} from './tempering.ts'
import type { Verdict, VerdictLevel } from './verdict.ts'

// A detector's verdicts and the evidence that opens its alarm belong to what it offers.
export { OPEN_AT, SUSPECT_AT } from './alarm.ts'
export type { Verdict, VerdictLevel } from './verdict.ts'

/** Changes whenever the same counts may give another verdict. */
export const METHOD_VERSION = '3'

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

/** A part of each slot: blocks that do not fill slots would make these unequal. */
const BLOCK_MS = 3 * MINUTE
/** The baseline learns while evidence is below this. */
const CALM_BELOW = OPEN_AT
/** The baseline learns from an alarm that lasts longer than this. */
const ACCEPT_AFTER_MS = 12 * HOUR
const ACCEPT_AFTER_BUCKETS = 12
/** So many foreseen reports that did not come are a silent collector, not a quiet hour. */
const SILENCE = 12
const BELIEVE_SILENCE_MS = 36 * HOUR

/** A series that was watched for so long has a usual rate. */
const KNOWN_AFTER_MS = 6 * HOUR
const KNOWN_AFTER_BUCKETS = 12
/** In the first season, a slot under an alarm is believed to be usual up to so many times what was foreseen. */
const UNPROVEN_RISE = 2

/** Standard deviations of the wander below which a dip is a holiday or the like, which may end from one minute to the next. */
const DIP = 1.5

/** Standard normal quantile of the 95 % band. */
const BAND = 1.96

/**
 * Judges one series, bucket by bucket: what season, level and wander foresee, how strong the evidence for a rise is, and whether
 * an alarm is open. Mutable for speed; the same counts give the same state and verdicts, always.
 */
export class Detector {
  private readonly bucketMs: number
  private readonly blockMs: number
  private readonly driftMemoryMs: number
  private readonly threshold: number
  private readonly season: SeasonWindow
  private readonly prior: RatePrior | null

  private readonly scalars = newScalars()
  private readonly block: Block = newBlock()

  private readonly drift: Drift = { mean: 0, variance: 0.0025 }
  private readonly level: Level = newLevel()
  private readonly moments: Moments = newMoments()
  private readonly charts: ChartBank
  private readonly tempering: Tempering = newTempering()
  /** Of buckets wider than a minute. */
  private readonly rarity: ExcessRarity | null
  private readonly shift: ClockShift = newClockShift()
  private readonly infersShift: boolean
  /** exp of the log level. */
  private levelFactor = 1

  private state: VerdictLevel = 'quiet'
  private last: Verdict = { expected: 0, lower: 0, upper: 0, evidenceNats: 0, score: 0, level: 'quiet', onsetMs: null }

  constructor(options: SeriesOptions) {
    const { bucketMs, seasonMs = DEFAULT_SEASON, timeZone, share = 1, prior = null } = options
    if (!(bucketMs > 0)) throw new RangeError(`a bucket must have a width, got ${bucketMs}`)
    if (!(share > 0 && share <= 1)) throw new RangeError(`a share of the budget lies in (0, 1], got ${share}`)
    this.bucketMs = bucketMs
    this.blockMs = Math.max(1, Math.round(BLOCK_MS / bucketMs)) * bucketMs
    this.driftMemoryMs = Math.max(6 * HOUR, 3 * bucketMs)
    this.threshold = OPEN_AT - Math.log(share)
    this.season = new SeasonWindow(bucketMs, seasonMs, timeZone ?? null)
    this.prior = prior
    this.infersShift = timeZone === undefined && this.season.clock.slotsPerDay >= 24
    this.charts = new ChartBank(bucketMs)
    this.rarity = tailWeight(bucketMs) > 0 ? new ExcessRarity(tailWeight(bucketMs)) : null
  }

  /**
   * Takes in one bucket and judges it by what was known before it. Buckets come in order of time; one that was skipped is
   * a gap, one that comes late is ignored.
   */
  advance(startMs: number, count: number): Verdict {
    if (!(count >= 0)) throw new RangeError(`a count is 0 or more, got ${count}`)
    if (startMs < this.scalars.nextMs) return this.last
    if (Number.isNaN(this.scalars.firstMs)) this.begin(startMs, count)
    else if (startMs >= this.scalars.nextMs + this.bucketMs) this.passGap(startMs)
    if (startMs >= this.block.endMs) {
      this.closeBlock()
      if (startMs >= this.scalars.slotEndMs) {
        this.closeSlot()
        if (this.season.refine(this.scalars.nextMs - this.scalars.firstMs, this.levelFactor)) this.scalars.slot = -1
        this.openSlot(startMs)
      }
      this.openBlock(startMs)
    }
    this.scalars.nextMs = startMs + this.bucketMs

    const base = this.baseAt(startMs + this.bucketMs / 2)
    const evidence = this.charts.add(count, base, startMs)
    this.rarity?.add(count / this.levelFactor - (base / this.levelFactor) * Math.exp(this.drift.mean))
    if (startMs - this.scalars.firstMs > DAY) followPeak(this.tempering, evidence, this.bucketMs)
    // What a block saw before a silence ended says nothing of the rate after it.
    if (count > 0 && this.isSilent) emptyBlock(this.block)
    addToBlock(this.block, count, base)
    if (count > 0) {
      this.scalars.silence = 0
      this.scalars.silenceMs = 0
    } else {
      this.scalars.silence += base
      this.scalars.silenceMs += this.bucketMs
    }
    if (!this.isSilent) {
      this.scalars.slotCount += count
      this.scalars.slotBuckets++
      this.scalars.slotExpected += base
    }
    return this.judge(startMs, base, evidence)
  }

  /** Every bucket that begins before `untilMs` was seen, and empty. */
  advanceQuiet(untilMs: number): void {
    if (Number.isNaN(this.scalars.nextMs)) return
    while (this.scalars.nextMs < untilMs) this.advance(this.scalars.nextMs, 0)
  }

  /** The verdict after the last bucket. */
  peek(): Verdict & { expectedPerBucket: number; nextMs: number | null } {
    return {
      ...this.last,
      expectedPerBucket: this.last.expected,
      nextMs: Number.isNaN(this.scalars.nextMs) ? null : this.scalars.nextMs,
    }
  }

  /** What is foreseen for the sum over a window, from what is known now. */
  forecast(fromMs: number, untilMs: number): { expected: number; lower: number; upper: number } {
    let expected = 0
    let spread = 0
    const end = this.scalars.nextMs
    const variance = this.stationaryVariance()
    for (let at = fromMs; at < untilMs; ) {
      const phase = seasonPhase(this.season.clock, at + this.shift.shiftMs)
      const inSlot = this.season.clock.slotMs - (phase % this.season.clock.slotMs)
      const until = Math.min(untilMs, at + inSlot)
      const rate = this.season.read(slotOf(this.season.clock, phase), dispersionOf(this.moments), this.rootRate)
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
    this.scalars.firstMs = startMs
    this.scalars.rootRate = this.prior ? Math.max(1e-6, this.prior.expectedPerBucket) : count + 0.3
    this.scalars.rootShape = this.prior ? Math.max(0.3, this.prior.weight) : 0.5
    this.openSlot(startMs)
  }

  private openSlot(startMs: number): void {
    const phase = seasonPhase(this.season.clock, startMs + this.shift.shiftMs)
    const slot = slotOf(this.season.clock, phase)
    const follows =
      this.scalars.slot >= 0 &&
      slot === (this.scalars.slot + 1) % this.season.clock.slots &&
      startMs === this.scalars.slotEndMs
    const old = { here: this.season.here, after: this.season.after }
    const isFirstDay = startMs - this.scalars.firstMs < DAY
    this.season.enter(slot, follows && !isFirstDay, dispersionOf(this.moments), this.rootRate)
    if (this.season.here.shape > 3 * old.here.shape) this.forgetDrift()
    else if (follows) this.carryDrift(old, isFirstDay)
    if (this.infersShift && isClockChange(startMs)) {
      const hour = HOUR / this.season.clock.slotMs
      this.scalars.hourBefore = this.season.readBeside(slot, -hour, dispersionOf(this.moments), this.rootRate).rate
      this.scalars.hourAfter = this.season.readBeside(slot, hour, dispersionOf(this.moments), this.rootRate).rate
    }
    this.scalars.slot = slot
    this.scalars.slotStartMs = startMs - (phase % this.season.clock.slotMs)
    this.scalars.slotEndMs = this.scalars.slotStartMs + this.season.clock.slotMs
    this.scalars.slotCount = 0
    this.scalars.slotBuckets = 0
    this.scalars.slotExpected = 0
  }

  /** A slot that is known after one that hardly was: most of the drift was that one's error, and says nothing of this one. */
  private forgetDrift(): void {
    this.drift.mean = 0
    this.drift.variance = this.stationaryVariance()
  }

  /** Takes the drift about the old slot's baseline over to the new one's. */
  private carryDrift(old: { here: SlotRate; after: SlotRate }, isFirstDay: boolean): void {
    if (isFirstDay && this.season.isInterpolated) {
      this.rebase(Math.log((this.season.before.rate + this.season.here.rate) / (old.here.rate + old.after.rate)))
    } else this.rebase(Math.log(this.season.here.rate / old.after.rate))
  }

  /** What was learned moves the baseline, so the drift about it moves the other way. */
  private rebase(logStep: number): void {
    this.drift.mean -= logStep
    this.charts.rebase(logStep)
  }

  private closeSlot(): void {
    recover(this.tempering, this.season.clock.slotMs, this.bucketMs)
    if (this.scalars.slotBuckets === 0) {
      this.scalars.lastResidual = Number.NaN
      return
    }
    const dispersion = dispersionOf(this.moments)
    const { slotCount: count, slotExpected: expected } = this.scalars
    const age = this.scalars.nextMs - this.scalars.firstMs
    const { knowsSeason } = this
    if (knowsSeason && age < this.season.clock.seasonMs + this.season.clock.slotMs) forgetColdStart(this.tempering)
    const { isCalm } = this
    const residual = (count - expected) / expected
    if (knowsSeason && isCalm && !Number.isNaN(this.scalars.lastResidual)) {
      learnWander(this.moments, residual, this.scalars.lastResidual, dispersion / expected)
    }
    this.scalars.lastResidual = isCalm ? residual : Number.NaN
    if (knowsSeason) this.season.history.liftCaps()
    // Later occurrences put an outage right; in the first season there is none, and it would at once be what is usual.
    const cap = this.isUnproven ? UNPROVEN_RISE * expected : undefined
    this.season.history.write(this.scalars.slot, count, this.scalars.slotBuckets * this.roundedLevel, dispersion, cap)
    if (this.infersShift && knowsSeason && isCalm) this.watchClock(count, expected, dispersion)
    if (
      this.state === 'open' &&
      this.scalars.nextMs - this.scalars.openedMs > Math.max(ACCEPT_AFTER_MS, ACCEPT_AFTER_BUCKETS * this.bucketMs)
    )
      this.acceptRise()
    else if (knowsSeason) {
      const shared = Math.max(1, this.driftMemoryMs / this.season.clock.slotMs)
      const before = this.level.log
      if (isCalm)
        correctLevel(this.level, this.season.clock.slotMs, count, expected, dispersion, wanderOf(this.moments), shared)
      this.rebase(this.level.log - before)
      trendOn(this.level, this.season.clock.slotMs / levelUnit(this.bucketMs))
      this.levelFactor = Math.exp(this.level.log)
      followOrdinary(this.level, this.season.clock.slotMs)
    }
  }

  private watchClock(count: number, expected: number, dispersion: number): void {
    const { shift } = this
    const scale = this.scalars.slotBuckets * this.levelFactor * (expected > 0 ? 1 : 0)
    const temper =
      dispersion + expected * dailyPower(wanderOf(this.moments), this.driftMemoryMs, this.season.clock.slotMs)
    watchShapes(
      shift,
      this.scalars.slotStartMs,
      count,
      this.season.here.rate * scale,
      this.scalars.hourBefore * scale,
      this.scalars.hourAfter * scale,
      temper,
    )
  }

  /** What has lasted so long is the new normal: the level takes it up, and the charts begin anew. */
  private acceptRise(): void {
    this.level.log += this.charts.logRise
    this.level.variance = Math.max(this.level.variance, 0.04)
    this.levelFactor = Math.exp(this.level.log)
    this.drift.mean = 0
    this.season.history.liftCaps()
    this.charts.restartAll()
    this.state = 'quiet'
  }

  private openBlock(startMs: number): void {
    const base = this.baseAt(startMs + this.blockMs / 2)
    const sd = Math.sqrt(this.stationaryVariance())
    if (this.charts.hasReturned) this.takeUpReturn()
    this.drift.mean = Math.min(3 * sd, Math.max(-2.5 * sd, this.drift.mean))
    const mean = base * Math.exp(this.drift.mean)
    const dispersion = dispersionOf(this.moments)
    this.block.dispersion = dispersion
    this.block.cap = mean + 5 * Math.sqrt(dispersion * mean) + 2
    const allowance = this.logAllowance(startMs)
    this.charts.power = this.tempering.power
    this.charts.openBlock(this.drift.mean, allowance, dispersion + mean * this.drift.variance, this.ordinaryDrift(sd))
    this.block.endMs = startMs - (((startMs % this.blockMs) + this.blockMs) % this.blockMs) + this.blockMs
    emptyBlock(this.block)
  }

  /** Log rate over the baseline to which a series may come back at any moment; its drift where that is within its wander. */
  private ordinaryDrift(sd: number): number {
    const ordinary = this.level.ordinary - this.level.log
    return this.drift.mean < ordinary - DIP * sd ? ordinary : this.drift.mean
  }

  private takeUpReturn(): void {
    this.drift.mean = this.level.ordinary - this.level.log
    this.charts.restartAll()
  }

  /** Log of the factor by which a clock change may raise the rate beyond what the wander has taken up. */
  private logAllowance(atMs: number): number {
    if (!this.infersShift || !isClockChange(atMs)) return 0
    const allowance = logAllowance(this.shift, this.season.here.rate, this.scalars.hourBefore, this.scalars.hourAfter)
    return Math.max(0, allowance - Math.max(0, this.drift.mean))
  }

  private closeBlock(): void {
    if (this.block.buckets === 0) return
    const elapsed = this.block.buckets * this.bucketMs
    const stationary = this.stationaryVariance()
    if (!this.isSilent) {
      const { drift } = this
      const dispersion = this.block.dispersion
      const expected = this.block.expected * Math.exp(drift.mean)
      const mean = expected / this.block.buckets
      const variance = drift.variance
      if (this.isCalm) {
        learnDispersion(this.moments, squaresAbout(this.block, mean, variance), mean, this.block.buckets)
      }
      const reach = 2 * Math.sqrt(stationary)
      this.charts.closeBlock(variance, Math.exp(-elapsed / this.driftMemoryMs), dispersion, reach)
      const corrected = correct(drift.mean, variance, this.block.count, expected, dispersion)
      drift.mean = this.isUnproven ? Math.min(drift.mean, corrected) : corrected
      drift.variance = varianceAfter(variance, expected, dispersion)
    }
    relax(this.drift, elapsed, this.driftMemoryMs, stationary)
    this.block.buckets = 0
  }

  private passGap(startMs: number): void {
    this.closeBlock()
    this.closeSlot()
    relax(this.drift, startMs - this.scalars.nextMs, this.driftMemoryMs, this.stationaryVariance())
    this.scalars.lastResidual = Number.NaN
    if (startMs - this.scalars.nextMs > Math.max(2 * HOUR, 3 * this.bucketMs)) {
      this.charts.restartAll()
      this.state = 'quiet'
    }
    this.scalars.silence = 0
    this.scalars.silenceMs = 0
    this.openSlot(startMs)
    this.block.endMs = startMs
  }

  /** How far the log rate may lie from the baseline: wander, and what is not known of season and level. */
  private stationaryVariance(): number {
    return wanderOf(this.moments) + 1 / this.season.here.shape + this.level.variance
  }

  /** The level in steps of 3 per cent: exposures that repeat take little room. */
  private get roundedLevel(): number {
    return Math.exp(Math.round(this.level.log * 32) / 32)
  }

  private get isCalm(): boolean {
    return this.charts.evidence < CALM_BELOW && this.state !== 'open'
  }

  /** Whether each part of the season was seen at least once. */
  private get knowsSeason(): boolean {
    return this.scalars.nextMs - this.scalars.firstMs >= this.season.clock.seasonMs
  }

  /** Whether an alarm stands that nothing but itself could tell to be usual: in the first season, yet not of its first hours. */
  private get isUnproven(): boolean {
    const { openedMs, firstMs } = this.scalars
    return (
      this.state === 'open' &&
      !this.knowsSeason &&
      openedMs - firstMs >= Math.max(KNOWN_AFTER_MS, KNOWN_AFTER_BUCKETS * this.bucketMs)
    )
  }

  private get isSilent(): boolean {
    return this.scalars.silence > SILENCE && this.scalars.silenceMs < BELIEVE_SILENCE_MS
  }

  /** The rate of all slots together before any count. */
  private get rootRate(): SlotRate {
    return { rate: this.scalars.rootRate, shape: this.scalars.rootShape }
  }

  /** Counts per bucket that season and level foresee at an instant. */
  private baseAt(atMs: number): number {
    return this.season.rateAt(atMs, this.scalars.slotStartMs) * this.levelFactor
  }

  private judge(startMs: number, base: number, evidence: number): Verdict {
    const wasOpen = this.state === 'open'
    const openAt = this.threshold + extraDoubt(this.tempering, this.bucketMs)
    this.state = nextLevel(this.state, this.scalars, evidence, openAt, startMs)
    if (this.rarity && this.state === 'open') {
      if (!wasOpen && !this.rarity.mayOpen(this.tempering.power)) this.state = 'suspected'
      else if (wasOpen && this.rarity.isOver) this.state = 'quiet'
    }
    if (wasOpen && this.state !== 'open') this.charts.restartAll()
    this.last = this.verdict(base)
    return this.last
  }

  /** The present word on a bucket for which season and level foresee `base`. */
  private verdict(base: number): Verdict {
    const expected = base * Math.exp(this.drift.mean)
    const dispersion = this.block.dispersion + expected * this.drift.variance
    const { evidence, onsetMs } = this.charts
    const score = evidence / Math.LN10
    return {
      expected,
      lower: quantileNear(-BAND, expected, dispersion),
      upper: quantileNear(BAND, expected, dispersion),
      evidenceNats: evidence,
      score: this.rarity ? this.rarity.bound(score) : score,
      level: this.state,
      onsetMs,
    }
  }

  /** Everything that is known, as text with the method's version. */
  serialise(): string {
    const numbers = this.parts.flatMap((part) =>
      numericKeys(part).map((key) => part[key as keyof typeof part] as number),
    )
    numbers.push(STATES.indexOf(this.state), ...this.charts.settings)
    return [
      METHOD_VERSION,
      writeNumbers(numbers),
      writeNumbers(this.charts.values),
      this.season.history.serialise(),
      this.rarity?.serialise() ?? '',
    ].join('|')
  }

  /** @returns `null` for text of another method version or of other slots: rebuild from counts then */
  static deserialise(text: string, options: SeriesOptions): Detector | null {
    const [version, scalars, charts, history, rarity] = text.split('|')
    if (version !== METHOD_VERSION || scalars === undefined || charts === undefined || history === undefined)
      return null
    const detector = new Detector(options)
    if (!detector.season.restore(history, 15 * MINUTE)) return null
    if (detector.rarity && !detector.rarity.restore(rarity ?? '')) return null
    detector.restore(readNumbers(scalars), readNumbers(charts))
    return detector
  }

  /** The state beside charts and history, in a fixed order. */
  private get parts(): object[] {
    const { scalars, block, drift, level, moments, tempering, shift } = this
    const { before, here, after } = this.season
    return [scalars, block, before, here, after, drift, level, moments, tempering, shift, shift.later, shift.earlier]
  }

  private restore(numbers: number[], charts: number[]): void {
    let at = 0
    for (const part of this.parts) {
      for (const key of numericKeys(part)) Object.assign(part, { [key]: numbers[at++] })
    }
    const { level, tempering } = this
    this.state = STATES[numbers[at++]!] ?? 'quiet'
    this.levelFactor = Math.exp(level.log)
    this.charts.restore(charts, numbers.slice(at))
    this.charts.power = tempering.power
    if (!Number.isNaN(this.scalars.nextMs))
      this.last = this.verdict(this.baseAt(this.scalars.nextMs - this.bucketMs / 2))
  }
}

/** Keys of what is written; the parts of a part are parts themselves. */
function numericKeys(part: object): string[] {
  return Object.entries(part).flatMap(([key, value]) => (typeof value === 'number' ? [key] : []))
}

const STATES: VerdictLevel[] = ['quiet', 'suspected', 'open']

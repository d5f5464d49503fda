import { DAY, HOUR, MINUTE } from '../time.ts'
import { addToBlock, type Block, emptyBlock, newBlock, squaresOf } from './block.ts'
import type { Wander } from './chart-bank.ts'
import {
  type ClockShift,
  clockChangeAt,
  dailyPower,
  logAllowance,
  newClockShift,
  watchedHours,
  watchShapes,
} from './clock-shift.ts'
import { correct, type Drift, relax, varianceAfter } from './drift.ts'
import type { SlotRate } from './gamma-poisson.ts'
import { correctLevel, followOrdinary, type Level, levelUnit, newLevel, trendOn } from './level.ts'
import { dispersionOf, learnDispersion, learnWander, type Moments, newMoments, wanderOf } from './moments.ts'
import { BAND, quantileNear } from './negative-binomial.ts'
import { newScalars } from './scalars.ts'
import { SeasonWindow } from './season-window.ts'
import { DEFAULT_SEASON, seasonPhase, slotOf } from './slot-clock.ts'
import { readParts } from './state-text.ts'

/** What is believed of a series before its own counts: expected per bucket, worth so many reports. */
export interface RatePrior {
  expectedPerBucket: number
  weight: number
}

export interface BaselineOptions {
  /** Width of a bucket: a minute to a week. */
  bucketMs: number
  /** After how long the rhythm repeats; a week unless told. */
  seasonMs?: number
  /** Zone whose wall clock the rhythm follows; UTC unless told. */
  timeZone?: string
  prior?: RatePrior | null
}

/** What may be learned from what was seen. */
export interface Learning {
  /** No rise is suspected. */
  isCalm: boolean
  /** A rise is, and nothing but itself could tell that it is usual. */
  isUnproven: boolean
}

/** A part of each slot: blocks that do not fill slots would make these unequal. */
const BLOCK_MS = 3 * MINUTE
/** So many foreseen reports that did not come are a silent collector, not a quiet hour. */
const SILENCE = 12
const BELIEVE_SILENCE_MS = 36 * HOUR
/** In the first season, a slot under an alarm is believed to be usual up to so many times what was foreseen. */
const UNPROVEN_RISE = 2
/**
 * By how much the filter of the wander understates its variance: it supposes one memory for all. On simulated series whose wander is
 * forgotten within one to twelve hours, squared errors exceeded it by 6 per cent (busy series) to 29 (thin ones); doubling it gave
 * the earliest alarms at equal rates of false ones, because it is the far errors that alarm.
 */
const UNDERSTATED = 2
/** Counts beyond the foreseen mean by so many standard deviations, and so many reports, are winsorised. */
const CAP_DEVIATIONS = 5
const CAP_REPORTS = 4
/** Standard deviations of the wander below which a dip is a holiday or the like, which may end from one minute to the next. */
const DIP = 1.5

/**
 * What is usual for a series: season, level and the wander about them, learned from its counts, bucket by bucket, block by block
 * and slot by slot. Who judges the counts says what may be learned, and hears by how much the baseline itself moved.
 */
export class Baseline {
  readonly drift: Drift = { mean: 0, variance: 0.0025 }
  readonly block: Block = newBlock()
  private readonly season: SeasonWindow
  private readonly bucketMs: number
  private readonly blockMs: number
  private readonly driftMemoryMs: number
  private readonly prior: RatePrior | null
  private readonly scalars = newScalars()
  private readonly level: Level = newLevel()
  private readonly moments: Moments = newMoments()
  private readonly shift: ClockShift = newClockShift()
  private readonly infersShift: boolean
  /** exp of the log level. */
  private levelFactor = 1

  constructor({ bucketMs, seasonMs = DEFAULT_SEASON, timeZone, prior = null }: BaselineOptions) {
    if (!(bucketMs > 0)) throw new RangeError(`a bucket must have a width, got ${bucketMs}`)
    this.bucketMs = bucketMs
    this.blockMs = Math.max(1, Math.round(BLOCK_MS / bucketMs)) * bucketMs
    this.driftMemoryMs = Math.max(6 * HOUR, 3 * bucketMs)
    this.season = new SeasonWindow(bucketMs, seasonMs, timeZone ?? null)
    this.prior = prior
    this.infersShift = timeZone === undefined && this.season.clock.slotsPerDay >= 24
  }

  /** Begin of the first bucket; `NaN` before any. */
  get firstMs(): number {
    return this.scalars.firstMs
  }

  /** Begin of the next bucket; `NaN` before any. */
  get nextMs(): number {
    return this.scalars.nextMs
  }

  get slotEndMs(): number {
    return this.scalars.slotEndMs
  }

  get slotMs(): number {
    return this.season.clock.slotMs
  }

  /** Whether each part of the season was seen at least once. */
  get knowsSeason(): boolean {
    return this.nextMs - this.firstMs >= this.season.clock.seasonMs
  }

  /** Whether the season was just seen for the first time. */
  get hasJustLearnedSeason(): boolean {
    return this.knowsSeason && this.nextMs - this.firstMs < this.season.clock.seasonMs + this.slotMs
  }

  /** Whether reports that were foreseen have stayed away for so long that their collector must be dead. */
  get isSilent(): boolean {
    return this.scalars.silence > SILENCE && this.scalars.silenceMs < BELIEVE_SILENCE_MS
  }

  /** Counts per bucket that season and level foresee at an instant. */
  at(instantMs: number): number {
    return this.season.rateAt(instantMs, this.scalars.slotStartMs) * this.levelFactor
  }

  /** Counts that season, level and wander foresee where season and level foresee `base`. */
  expected(base: number): number {
    return base * Math.exp(this.drift.mean)
  }

  /** Reports beyond those, at the level that the series began with: growth makes no excess rare. */
  excess(count: number, base: number): number {
    return (count - this.expected(base)) / this.levelFactor
  }

  /** Variance over mean of a count of which `expected` are foreseen, with what is not known of the wander. */
  dispersion(expected: number): number {
    return this.block.dispersion + expected * UNDERSTATED * this.drift.variance
  }

  /** What is foreseen for the sum over a window, from what is known now, with its 95 % band. */
  forecast(fromMs: number, untilMs: number): { expected: number; lower: number; upper: number } {
    let expected = 0
    let spread = 0
    const { clock } = this.season
    const variance = this.stationaryVariance()
    for (let at = fromMs; at < untilMs; ) {
      const phase = seasonPhase(clock, at + this.shift.shiftMs)
      const until = Math.min(untilMs, at + clock.slotMs - (phase % clock.slotMs))
      const rate = this.season.read(slotOf(clock, phase), dispersionOf(this.moments), this.rootRate)
      const ahead = Math.max(0, at - this.nextMs)
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

  begin(startMs: number, count: number): void {
    this.scalars.firstMs = startMs
    this.scalars.rootRate = this.prior ? Math.max(1e-6, this.prior.expectedPerBucket) : count + 0.3
    this.scalars.rootShape = this.prior ? Math.max(0.3, this.prior.weight) : 0.5
    this.openSlot(startMs)
  }

  /** Takes in a bucket. @param base what season and level foresaw for it */
  add(startMs: number, count: number, base: number): void {
    const { scalars } = this
    scalars.nextMs = startMs + this.bucketMs
    // What a block saw before a silence ended says nothing of the rate after it.
    if (count > 0 && this.isSilent) emptyBlock(this.block)
    addToBlock(this.block, count, base)
    if (count > 0) {
      scalars.silence = 0
      scalars.silenceMs = 0
    } else {
      scalars.silence += base
      scalars.silenceMs += this.bucketMs
    }
    if (this.isSilent) return
    scalars.slotCount += count
    scalars.slotBuckets++
    scalars.slotExpected += base
  }

  /** @returns counts foreseen for a bucket of the block */
  openBlock(startMs: number): number {
    const sd = Math.sqrt(this.stationaryVariance())
    this.drift.mean = Math.min(3 * sd, Math.max(-2.5 * sd, this.drift.mean))
    const mean = this.expected(this.at(startMs + this.blockMs / 2))
    const dispersion = dispersionOf(this.moments)
    this.block.dispersion = dispersion
    this.block.cap = mean + CAP_DEVIATIONS * Math.sqrt(dispersion * mean) + CAP_REPORTS
    this.block.endMs = startMs - (((startMs % this.blockMs) + this.blockMs) % this.blockMs) + this.blockMs
    emptyBlock(this.block)
    return mean
  }

  /** What a chart needs to follow the wander under its own hypothesis through the block that ends. */
  get wander(): Wander {
    return {
      variance: this.drift.variance,
      kept: Math.exp((-this.block.buckets * this.bucketMs) / this.driftMemoryMs),
      dispersion: this.block.dispersion,
      reach: 2 * Math.sqrt(this.stationaryVariance()),
    }
  }

  closeBlock({ isCalm, isUnproven }: Learning): void {
    const { block, drift } = this
    const stationary = this.stationaryVariance()
    if (!this.isSilent) {
      const expected = this.expected(block.expected)
      const mean = expected / block.buckets
      const { variance } = drift
      if (isCalm) learnDispersion(this.moments, squaresOf(block, mean, variance), block.count, mean)
      const corrected = correct(drift.mean, variance, block.count, expected, block.dispersion)
      drift.mean = isUnproven ? Math.min(drift.mean, corrected) : corrected
      drift.variance = varianceAfter(variance, expected, block.dispersion)
    }
    relax(drift, block.buckets * this.bucketMs, this.driftMemoryMs, stationary)
    block.buckets = 0
  }

  /** @returns by how much the log of season and level moved against what was foreseen for this slot before */
  openSlot(startMs: number): number {
    const { scalars, season } = this
    const { slotMs, slots } = season.clock
    const phase = seasonPhase(season.clock, startMs + this.shift.shiftMs)
    const slot = slotOf(season.clock, phase)
    const follows = scalars.slot >= 0 && slot === (scalars.slot + 1) % slots && startMs === scalars.slotEndMs
    const old = { here: season.here, after: season.after }
    const isFirstDay = startMs - scalars.firstMs < DAY
    season.enter(slot, follows && !isFirstDay, dispersionOf(this.moments), this.rootRate)
    let moved = 0
    if (season.here.shape > 3 * old.here.shape) this.forgetDrift()
    else if (follows) moved = this.carryDrift(old, isFirstDay)
    if (this.infersShift && clockChangeAt(startMs) !== 0) {
      const steps = watchedHours(this.shift, startMs) * (HOUR / slotMs)
      scalars.hourBeside = season.readBeside(slot, steps, dispersionOf(this.moments), this.rootRate).rate
    }
    scalars.slot = slot
    scalars.slotStartMs = startMs - (phase % slotMs)
    scalars.slotEndMs = scalars.slotStartMs + slotMs
    scalars.slotCount = 0
    scalars.slotBuckets = 0
    scalars.slotExpected = 0
    return moved
  }

  /** Learns the slot that ends. @returns false where nothing was seen in it */
  closeSlot({ isCalm, isUnproven }: Learning): boolean {
    const { scalars, season, knowsSeason } = this
    const { slotCount: count, slotBuckets: buckets, slotExpected: expected } = scalars
    if (buckets === 0) {
      scalars.lastResidual = Number.NaN
      return false
    }
    const dispersion = dispersionOf(this.moments)
    const residual = (count - expected) / expected
    if (knowsSeason && isCalm && !Number.isNaN(scalars.lastResidual)) {
      learnWander(this.moments, residual, scalars.lastResidual, dispersion / expected)
    }
    scalars.lastResidual = isCalm ? residual : Number.NaN
    // A later occurrence puts an outage right; in the first season there is none, and it would at once be what is usual.
    const cap = isUnproven ? UNPROVEN_RISE * expected : undefined
    season.history.write(scalars.slot, count, buckets * this.roundedLevel, dispersion, cap)
    if (this.infersShift && knowsSeason && isCalm) this.watchClock(count, expected, dispersion)
    return true
  }

  /** Lets the level follow the slot that ends. @returns by how much its log was corrected */
  followLevel({ isCalm }: Learning): number {
    const { level, scalars } = this
    const { slotMs } = this.season.clock
    const before = level.log
    if (isCalm) {
      const shared = Math.max(1, this.driftMemoryMs / slotMs)
      const { slotCount: count, slotExpected: expected } = scalars
      correctLevel(level, slotMs, count, expected, dispersionOf(this.moments), wanderOf(this.moments), shared)
    }
    const moved = level.log - before
    this.drift.mean -= moved
    trendOn(level, slotMs / levelUnit(this.bucketMs))
    this.levelFactor = Math.exp(level.log)
    followOrdinary(level, slotMs)
    return moved
  }

  /** What has lasted so long is the new normal: the level takes it up. */
  acceptRise(logRise: number): void {
    this.level.log += logRise
    this.level.variance = Math.max(this.level.variance, 0.04)
    this.levelFactor = Math.exp(this.level.log)
    this.drift.mean = 0
    this.season.history.liftCaps()
  }

  /** Takes up finer slots once the series has the counts to fill them. */
  refineSlots(): void {
    if (this.season.refine(this.nextMs - this.firstMs, this.levelFactor)) this.scalars.slot = -1
  }

  /** Nothing was seen until `startMs`. @returns by how much the baseline moved */
  passGap(startMs: number): number {
    const { scalars } = this
    relax(this.drift, startMs - scalars.nextMs, this.driftMemoryMs, this.stationaryVariance())
    scalars.lastResidual = Number.NaN
    scalars.silence = 0
    scalars.silenceMs = 0
    const moved = this.openSlot(startMs)
    this.block.endMs = startMs
    return moved
  }

  /** Log rate over the baseline to which a series may come back at any moment; its drift where that is within its wander. */
  get ordinaryDrift(): number {
    const ordinary = this.level.ordinary - this.level.log
    return this.drift.mean < ordinary - DIP * Math.sqrt(this.stationaryVariance()) ? ordinary : this.drift.mean
  }

  takeUpReturn(): void {
    this.drift.mean = this.level.ordinary - this.level.log
  }

  /** Log of the factor by which a clock change may raise the rate beyond what the wander has taken up. */
  logAllowance(atMs: number): number {
    if (!this.infersShift || clockChangeAt(atMs) === 0) return 0
    const allowance = logAllowance(this.shift, this.season.here.rate, this.scalars.hourBeside)
    return Math.max(0, allowance - Math.max(0, this.drift.mean))
  }

  get history(): string {
    return this.season.history.serialise()
  }

  /** @returns false for text of another season */
  restoreHistory(text: string): boolean {
    return this.season.restore(text, 15 * MINUTE)
  }

  /** What is known beside the history: plain objects of numbers. */
  get parts(): object[] {
    const { scalars, block, drift, level, moments, shift } = this
    const { before, here, after } = this.season
    return [scalars, block, before, here, after, drift, level, moments, shift]
  }

  /** Takes up the numbers of the parts. */
  restore(numbers: number[]): void {
    readParts(this.parts, numbers)
    this.levelFactor = Math.exp(this.level.log)
  }

  /** A slot that is known after one that hardly was: most of the drift was that one's error, and says nothing of this one. */
  private forgetDrift(): void {
    this.drift.mean = 0
    this.drift.variance = this.stationaryVariance()
  }

  /** Takes the drift about the old slot's baseline over to the new one's. @returns by how much the log moved */
  private carryDrift(old: { here: SlotRate; after: SlotRate }, isFirstDay: boolean): number {
    const { before, here, isInterpolated } = this.season
    const moved =
      isFirstDay && isInterpolated
        ? Math.log((before.rate + here.rate) / (old.here.rate + old.after.rate))
        : Math.log(here.rate / old.after.rate)
    this.drift.mean -= moved
    return moved
  }

  private watchClock(count: number, expected: number, dispersion: number): void {
    const { scalars, season } = this
    const scale = scalars.slotBuckets * this.levelFactor * (expected > 0 ? 1 : 0)
    const { slotMs } = season.clock
    const imitation = dailyPower(wanderOf(this.moments), this.driftMemoryMs, slotMs)
    const temper = dispersion + expected * (imitation + 1 / season.here.shape)
    watchShapes(this.shift, scalars.slotStartMs, count, season.here.rate * scale, scalars.hourBeside * scale, temper)
  }

  /** How far the log rate may lie from the baseline: wander, and what is not known of season and level. */
  private stationaryVariance(): number {
    return wanderOf(this.moments) + 1 / this.season.here.shape + this.level.variance
  }

  /** The level in steps of 3 per cent: exposures that repeat take little room. */
  private get roundedLevel(): number {
    return Math.exp(Math.round(this.level.log * 32) / 32)
  }

  /** The rate of all slots together before any count. */
  private get rootRate(): SlotRate {
    return { rate: this.scalars.rootRate, shape: this.scalars.rootShape }
  }
}

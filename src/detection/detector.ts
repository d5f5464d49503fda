import { DAY, HOUR } from '../time.ts'
import { type AlarmMemory, nextLevel, OPEN_AT } from './alarm.ts'
import { Baseline, type BaselineOptions, type Learning } from './baseline.ts'
import { ChartBank } from './chart-bank.ts'
import { ExcessRarity } from './excess-rarity.ts'
import { BAND, quantileNear } from './negative-binomial.ts'
import { numbersOf, readNumbers, readParts, writeNumbers } from './state-text.ts'
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
export type { RatePrior } from './baseline.ts'
export type { Verdict, VerdictLevel } from './verdict.ts'

/** Changes whenever the same counts may give another verdict. */
export const METHOD_VERSION = '4'

export interface SeriesOptions extends BaselineOptions {
  /** Share of the alarm budget, in (0, 1]; 1 unless told. */
  share?: number
}

/** The baseline learns while evidence is below this. */
const CALM_BELOW = OPEN_AT
/** The baseline learns from an alarm that lasts longer than this. */
const ACCEPT_AFTER_MS = 12 * HOUR
const ACCEPT_AFTER_BUCKETS = 12
/** A series that was watched for so long has a usual rate. */
const KNOWN_AFTER_MS = 6 * HOUR
const KNOWN_AFTER_BUCKETS = 12
/** Nats of one bucket, by charts begun in it, by which a rise has become smaller rather than ended. */
const STILL_RISEN = 3
/** After so long without a row nothing of a rise is believed any more. */
const LONG_GAP_MS = 2 * HOUR
const LONG_GAP_BUCKETS = 3

const STATES: VerdictLevel[] = ['quiet', 'suspected', 'open']

/**
 * Judges one series, bucket by bucket: what its baseline foresees, how strong the evidence for a rise is, and whether an alarm
 * is open. Mutable for speed; the same counts give the same state and verdicts, always.
 */
export class Detector {
  private readonly bucketMs: number
  private readonly threshold: number
  private readonly baseline: Baseline
  private readonly charts: ChartBank
  private readonly tempering: Tempering = newTempering()
  /** Of buckets wider than a minute. */
  private readonly rarity: ExcessRarity | null
  private readonly alarm: AlarmMemory = { peakEvidence: 0, openedMs: 0 }
  /** By the evidence alone. */
  private state: VerdictLevel = 'quiet'
  /** With what the own past makes of it. */
  private told: VerdictLevel = 'quiet'
  private last: Verdict = { expected: 0, lower: 0, upper: 0, evidenceNats: 0, score: 0, level: 'quiet', onsetMs: null }

  constructor({ share = 1, ...options }: SeriesOptions) {
    if (!(share > 0 && share <= 1)) throw new RangeError(`a share of the budget lies in (0, 1], got ${share}`)
    this.bucketMs = options.bucketMs
    this.threshold = OPEN_AT - Math.log(share)
    this.baseline = new Baseline(options)
    this.charts = new ChartBank(this.bucketMs)
    const weight = tailWeight(this.bucketMs)
    this.rarity = weight > 0 ? new ExcessRarity(weight) : null
  }

  /**
   * Takes in one bucket and judges it by what was known before it. Buckets come in order of time; one that was skipped is
   * a gap, one that comes late is ignored.
   */
  advance(startMs: number, count: number): Verdict {
    if (!(count >= 0)) throw new RangeError(`a count is 0 or more, got ${count}`)
    const { baseline } = this
    if (startMs < baseline.nextMs) return this.last
    if (Number.isNaN(baseline.firstMs)) baseline.begin(startMs, count)
    else if (startMs >= baseline.nextMs + this.bucketMs) this.passGap(startMs)
    if (startMs >= baseline.block.endMs) {
      this.closeBlock()
      if (startMs >= baseline.slotEndMs) {
        this.closeSlot()
        baseline.refineSlots()
        this.charts.rebase(baseline.openSlot(startMs))
      }
      this.openBlock(startMs)
    }
    const base = baseline.at(startMs + this.bucketMs / 2)
    const evidence = this.charts.add(count, base, startMs)
    this.rarity?.add(baseline.excess(count, base))
    if (startMs - baseline.firstMs > DAY) followPeak(this.tempering, evidence, this.bucketMs)
    baseline.add(startMs, count, base)
    this.judge(startMs, count, base, evidence)
    this.last = this.verdict(base)
    return this.last
  }

  /** Every bucket that begins before `untilMs` was seen, and empty. */
  advanceQuiet(untilMs: number): void {
    if (Number.isNaN(this.baseline.nextMs)) return
    while (this.baseline.nextMs < untilMs) this.advance(this.baseline.nextMs, 0)
  }

  /** The verdict after the last bucket. */
  peek(): Verdict & { expectedPerBucket: number; nextMs: number | null } {
    const { nextMs } = this.baseline
    return { ...this.last, expectedPerBucket: this.last.expected, nextMs: Number.isNaN(nextMs) ? null : nextMs }
  }

  /** What is foreseen for the sum over a window, from what is known now, with its 95 % band. */
  forecast(fromMs: number, untilMs: number): { expected: number; lower: number; upper: number } {
    return this.baseline.forecast(fromMs, untilMs)
  }

  private openBlock(startMs: number): void {
    const { baseline, charts } = this
    if (charts.hasReturned) {
      baseline.takeUpReturn()
      charts.restartAll()
    }
    const dispersion = baseline.dispersion(baseline.openBlock(startMs))
    charts.power = this.tempering.power
    charts.openBlock(baseline.drift.mean, baseline.logAllowance(startMs), dispersion, baseline.ordinaryDrift)
  }

  private closeBlock(): void {
    const { baseline } = this
    if (baseline.block.buckets === 0) return
    if (!baseline.isSilent) this.charts.closeBlock(baseline.wander)
    baseline.closeBlock(this.learning)
  }

  private closeSlot(): void {
    const { baseline, learning } = this
    recover(this.tempering, baseline.slotMs, this.bucketMs)
    if (!baseline.closeSlot(learning)) return
    if (baseline.hasJustLearnedSeason) forgetColdStart(this.tempering)
    if (this.hasBecomeUsual) this.acceptRise()
    else if (baseline.knowsSeason) this.charts.rebase(baseline.followLevel(learning))
  }

  private passGap(startMs: number): void {
    this.closeBlock()
    this.closeSlot()
    if (startMs - this.baseline.nextMs > Math.max(LONG_GAP_MS, LONG_GAP_BUCKETS * this.bucketMs)) {
      this.forgetRise()
    }
    this.charts.rebase(this.baseline.passGap(startMs))
  }

  /** What has lasted so long is the new normal: the baseline takes it up, and the charts begin anew. */
  private acceptRise(): void {
    this.baseline.acceptRise(this.charts.logRise)
    this.forgetRise()
  }

  private forgetRise(): void {
    this.charts.restartAll()
    this.rarity?.forgetRise()
    this.state = 'quiet'
    this.told = 'quiet'
  }

  private get hasBecomeUsual(): boolean {
    const since = this.baseline.nextMs - this.alarm.openedMs
    return this.state === 'open' && since > Math.max(ACCEPT_AFTER_MS, ACCEPT_AFTER_BUCKETS * this.bucketMs)
  }

  private get learning(): Learning {
    const { firstMs, knowsSeason } = this.baseline
    const isOpen = this.state === 'open'
    const wasKnown = this.alarm.openedMs - firstMs >= Math.max(KNOWN_AFTER_MS, KNOWN_AFTER_BUCKETS * this.bucketMs)
    return {
      isCalm: this.charts.evidence < CALM_BELOW && !isOpen,
      isUnproven: isOpen && !knowsSeason && wasKnown,
    }
  }

  private judge(startMs: number, count: number, base: number, evidence: number): void {
    const { rarity, tempering } = this
    const wasOpen = this.state === 'open'
    const openAt = this.threshold + extraDoubt(tempering, this.bucketMs)
    this.state = nextLevel(this.state, this.alarm, evidence, openAt, startMs)
    // A single wider bucket says nothing of what persists.
    if (wasOpen && this.state !== 'open' && !rarity) this.handOver(startMs, count, base)
    this.told = rarity ? rarity.admit(this.state, tempering.power) : this.state
    if (this.told === 'quiet') this.state = 'quiet'
    if (wasOpen && this.state !== 'open') this.charts.restartAll()
  }

  /** The rise that the leading chart stands for is over: the alarm goes on where this bucket alone tells of a smaller one. */
  private handOver(startMs: number, count: number, base: number): void {
    this.charts.restartAll()
    const left = this.charts.add(count, base, startMs)
    if (left < STILL_RISEN) return
    this.state = 'open'
    this.alarm.peakEvidence = left
  }

  /** The present word on a bucket for which season and level foresee `base`. */
  private verdict(base: number): Verdict {
    const expected = this.baseline.expected(base)
    const dispersion = this.baseline.dispersion(expected)
    const { evidence, onsetMs } = this.charts
    const { rarity } = this
    const persistence = rarity && this.baseline.knowsSeason ? rarity.persistence : 0
    const score = evidence / Math.LN10
    return {
      expected,
      lower: quantileNear(-BAND, expected, dispersion),
      upper: quantileNear(BAND, expected, dispersion),
      evidenceNats: evidence,
      score: rarity ? Math.max(rarity.bound(score), (persistence * OPEN_AT) / Math.LN10) : score,
      level: persistence >= 1 ? 'open' : this.told,
      onsetMs,
    }
  }

  /** Everything that is known, as text with the method's version. */
  serialise(): string {
    const { alarm, baseline, charts, rarity, state, tempering, told } = this
    const own = [STATES.indexOf(state), STATES.indexOf(told), ...numbersOf([alarm, tempering]), ...charts.settings]
    return [
      METHOD_VERSION,
      writeNumbers(numbersOf(baseline.parts)),
      writeNumbers(own),
      writeNumbers(charts.values),
      baseline.history,
      ...(rarity ? [rarity.serialise()] : []),
    ].join('|')
  }

  /** @returns `null` for text of another method version or of other slots: rebuild from counts then */
  static deserialise(text: string, options: SeriesOptions): Detector | null {
    const [version, ...sections] = text.split('|')
    if (version !== METHOD_VERSION || sections.length < 4) return null
    const detector = new Detector(options)
    return detector.restore(sections) ? detector : null
  }

  private restore([known = '', own = '', charts = '', history = '', rarity = '']: string[]): boolean {
    const { alarm, baseline, tempering } = this
    if (!baseline.restoreHistory(history)) return false
    if (this.rarity && !this.rarity.restore(rarity)) return false
    baseline.restore(readNumbers(known))
    const [state, told, ...numbers] = readNumbers(own)
    this.state = STATES[state!] ?? 'quiet'
    this.told = STATES[told!] ?? 'quiet'
    const parts = [alarm, tempering]
    readParts(parts, numbers)
    this.charts.restore(readNumbers(charts), numbers.slice(numbersOf(parts).length))
    this.charts.power = tempering.power
    if (!Number.isNaN(baseline.nextMs)) this.last = this.verdict(baseline.at(baseline.nextMs - this.bucketMs / 2))
    return true
  }
}

import { DAY, MINUTE } from '../time.ts'
import { correct } from './drift.ts'
import { logRisingFactorial } from './log-gamma.ts'

/**
 * A bank of CUSUM charts (Page 1954), one for each size of rise: a geometric bank loses little against knowing the size
 * (Lorden 1971, Lai 1998). Each chart sums the log likelihood ratio of "the rate rose by my ratio when I began" against
 * "nothing but the usual wander", where each side follows the wander with its own filter (Willsky & Jones 1976): a rise that
 * wander explains gathers no evidence, and the null does not swallow the rise that a chart is looking at.
 */
export const RATIOS = [1.25, 1.6, 2.3, 4, 9, 30, 120, 500] as const
const CHARTS = RATIOS.length

/**
 * Nats that a chart must show before it is believed, for buckets of a minute: small rises are what wander imitates, and the
 * more looks a day at them the more often. Nothing for buckets of a day or more.
 */
const DOUBT = [2, 1.5, 1.2, 1, 0.8, 0.5, 0.2, 0] as const

/** Evidence beyond this is not kept, in nats. */
const MAX_EVIDENCE = 150
/** A chart this far behind the leader explains something else, if anything. */
const MAX_LAG = 20
/** One bucket says at most this while its excess is a handful of reports: a lone burst is no outage. */
const MAX_BUCKET_EVIDENCE = 6.5
const FEW_REPORTS = 16

/** Mean length of a rise; that it may have ended costs each chart a nat in this time (the hazard of a two-state filter). */
const RISE_LASTS_MS = 75 * MINUTE

/** Part of its log rise that the wander of a chart may take back. */
const RISE_KEPT = 0.4

/** Fields of a chart in the bank's array. */
const EVIDENCE = 0
const DRIFT = CHARTS
const SEEN = 2 * CHARTS
const FORESEEN = 3 * CHARTS
const BEGAN = 4 * CHARTS
/** Evidence that the rate came back to what is ordinary, in nats. */
const RETURN = 5 * CHARTS
export const BANK_SIZE = RETURN + 1

/** The null takes up a return with this much evidence that explains what the charts see as well as they do, within a nat. */
const RETURNED_AT = 6
const AS_WELL = 1

/** What is known of the wander when a block ends. */
export interface Wander {
  /** Variance of the log rate before the block. */
  variance: number
  /** Part of the wander that is left when the block is over. */
  kept: number
  /** Of the block's counts. */
  dispersion: number
  /** How far wander goes, in log rate. */
  reach: number
}

export class ChartBank {
  readonly values = new Float64Array(BANK_SIZE)
  private readonly multiples = new Float64Array(CHARTS)
  private logDispersion = 0
  private excess = 0
  /** To which the likelihoods are raised. */
  power = 1
  private readonly leak: number
  private readonly doubts: number[]
  private nullMultiple = 1
  nullDrift = 0
  allowance = 0
  /** Of the present block, with what the rate's uncertainty adds. */
  dispersion = 1.4
  /** Evidence of the leading chart, less that of a return to the ordinary rate, in nats. */
  evidence = 0
  /** Evidence of the leading chart alone. */
  private lead = 0
  private leader = 0
  /** Whether no chart is running. */
  private isIdle = true
  /** Log of the rate, over the baseline, that the series may come back to. */
  private ordinary = 0
  private returnMultiple = 1

  constructor(bucketMs: number) {
    const looks = Math.max(0, Math.log(DAY / bucketMs) / Math.log(DAY / MINUTE))
    this.doubts = DOUBT.map((nats) => nats * looks)
    this.leak = bucketMs / Math.max(RISE_LASTS_MS, bucketMs)
  }

  /**
   * Fixes what holds for the buckets of a block.
   *
   * @param allowance log of what both sides are raised by
   * @param dispersion includes what the rate's uncertainty adds
   * @param ordinary log of the rate that the series may come back to at any moment; the drift where it is not away from it
   */
  openBlock(nullDrift: number, allowance: number, dispersion: number, ordinary: number): void {
    this.nullDrift = nullDrift
    this.ordinary = ordinary
    this.returnMultiple = Math.exp(ordinary + allowance)
    this.allowance = allowance
    this.nullMultiple = Math.exp(nullDrift + allowance)
    this.dispersion = dispersion
    this.excess = dispersion - 1
    this.logDispersion = Math.log(dispersion)
    const { values, multiples } = this
    for (let i = 0; i < CHARTS; i++) {
      const drift = values[EVIDENCE + i]! > 0 ? values[DRIFT + i]! : nullDrift
      // A rate below the null's is no rise: where reports stay away it would explain that better, and gather evidence.
      multiples[i] = Math.max(this.nullMultiple, RATIOS[i]! * Math.exp(drift + allowance))
    }
  }

  /** One bucket. @param base what season and level foresee for it @returns the leading evidence in nats */
  add(count: number, base: number, atMs: number): number {
    const { values, multiples, excess } = this
    const normal = base * this.nullMultiple
    if (count === 0 && this.isIdle) return 0
    const sizeNormal = normal / excess
    const baseline = count === 0 ? 0 : logRisingFactorial(sizeNormal, count)
    this.weighReturn(count, base, normal, baseline)
    const limit = count - normal <= FEW_REPORTS ? MAX_BUCKET_EVIDENCE : Number.POSITIVE_INFINITY
    let best = 0
    this.isIdle = true
    for (let i = 0; i < CHARTS; i++) {
      const before = values[EVIDENCE + i]!
      const raised = base * multiples[i]!
      const cost = ((raised - normal) / excess) * this.logDispersion
      if (before === 0 && (count <= normal || count * Math.log(raised / normal) <= cost + this.leak)) continue
      let gain = -cost
      if (count > 0) gain += logRisingFactorial(raised / excess, count) - baseline
      gain = this.power * gain - this.leak
      if (gain > limit) gain = limit
      const evidence = before + gain
      if (evidence <= 0) {
        if (before > 0) this.restart(i)
        continue
      }
      if (before === 0) {
        values[DRIFT + i] = this.nullDrift
        values[BEGAN + i] = atMs
      }
      this.isIdle = false
      values[EVIDENCE + i] = evidence
      values[SEEN + i] = values[SEEN + i]! + count
      values[FORESEEN + i] = values[FORESEEN + i]! + raised
      if (evidence - this.doubts[i]! > best) {
        best = evidence - this.doubts[i]!
        this.leader = i
      }
    }
    this.lead = best
    if (best > MAX_LAG) this.level(best)
    this.weighLead()
    return this.evidence
  }

  /**
   * A series that comes back from a holiday or a dead collector rises, and is no outage: the end of a dip is an explanation of
   * its own, whose evidence the charts must exceed.
   */
  private weighReturn(count: number, base: number, normal: number, baseline: number): void {
    const before = this.values[RETURN]!
    const returned = base * this.returnMultiple
    if (returned <= normal && before === 0) return
    let gain = -((returned - normal) / this.excess) * this.logDispersion
    if (count > 0) gain += logRisingFactorial(returned / this.excess, count) - baseline
    this.values[RETURN] = Math.max(0, before + this.power * gain - this.leak)
  }

  private weighLead(): void {
    if (this.lead === 0) this.values[RETURN] = 0
    this.evidence = Math.max(0, this.lead - this.values[RETURN]!)
  }

  /** Whether a return to the ordinary rate explains the present rise. */
  get hasReturned(): boolean {
    const returned = this.values[RETURN]!
    return returned > RETURNED_AT && this.lead - returned < AS_WELL
  }

  /** Charts that fit far worse than the leader begin anew, and no more is kept than there is use for. */
  private level(best: number): void {
    const by = Math.max(0, best - MAX_EVIDENCE)
    for (let i = 0; i < CHARTS; i++) {
      const evidence = this.values[EVIDENCE + i]!
      if (evidence > best - MAX_LAG) this.values[EVIDENCE + i] = evidence - by
      else if (evidence > 0) this.restart(i)
    }
    this.lead -= by
    this.values[RETURN] = Math.max(0, this.values[RETURN]! - by)
  }

  /** Log of the rate, over the baseline, that the leading chart stands for; 0 without evidence. */
  get logRise(): number {
    return this.evidence > 0 ? Math.log(RATIOS[this.leader]!) + this.values[DRIFT + this.leader]! : 0
  }

  /** Lets each running chart learn the wander under its own hypothesis. */
  closeBlock({ variance, kept, dispersion, reach }: Wander): void {
    const { values } = this
    const withoutAllowance = Math.exp(-this.allowance)
    for (let i = 0; i < CHARTS; i++) {
      if (values[EVIDENCE + i] === 0) continue
      const foreseen = values[FORESEEN + i]! * withoutAllowance
      const drift = correct(values[DRIFT + i]!, variance, values[SEEN + i]!, foreseen, dispersion)
      // A chart whose wander could undo its rise would never say that the rise is over.
      const bound = Math.min(reach, RISE_KEPT * Math.log(RATIOS[i]!))
      values[DRIFT + i] = Math.min(bound, Math.max(-bound, drift * kept))
      values[SEEN + i] = 0
      values[FORESEEN + i] = 0
    }
  }

  /** The baseline moved by `logStep`, so what charts hold relative to it moves the other way. */
  rebase(logStep: number): void {
    for (let i = 0; i < CHARTS; i++) {
      if (this.values[EVIDENCE + i]! > 0) this.values[DRIFT + i] = this.values[DRIFT + i]! - logStep
    }
  }

  /** When the leading chart began to rise; `null` without evidence. */
  get onsetMs(): number | null {
    return this.evidence > 0 ? this.values[BEGAN + this.leader]! : null
  }

  restartAll(): void {
    this.values.fill(0)
    this.lead = 0
    this.evidence = 0
    this.isIdle = true
    for (let i = 0; i < CHARTS; i++) this.multiples[i] = RATIOS[i]! * this.nullMultiple
  }

  /** What `openBlock` was called with. */
  get settings(): number[] {
    return [this.nullDrift, this.allowance, this.dispersion, this.ordinary]
  }

  /** Takes up what was serialised: the values and the settings. */
  restore(values: number[], settings: number[]): void {
    const [nullDrift = 0, allowance = 0, dispersion = 1.4, ordinary = nullDrift] = settings
    this.values.set(values)
    for (let i = 0; i < CHARTS; i++) {
      const evidence = this.values[EVIDENCE + i]! - this.doubts[i]!
      if (this.values[EVIDENCE + i]! > 0) this.isIdle = false
      if (evidence > this.lead) {
        this.lead = evidence
        this.leader = i
      }
    }
    this.weighLead()
    this.openBlock(nullDrift, allowance, dispersion, ordinary)
  }

  private restart(i: number): void {
    for (let field = i; field < RETURN; field += CHARTS) this.values[field] = 0
    this.multiples[i] = RATIOS[i]! * this.nullMultiple
  }
}

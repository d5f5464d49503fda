import { readRuns, writeRuns } from './state-text.ts'
import type { VerdictLevel } from './verdict.ts'

/** Bins of the excess, in reports: so many for each e-fold, and how many in all. */
const BINS_A_FOLD = 10
const BINS = 24 * BINS_A_FOLD

/** Decades by which a score may exceed how rare the excess is. */
const BEYOND = 2.3
/** An alarm of a series whose likelihoods do not hold at all opens where the excess is at least so rare, in decades. */
const OPEN_AT = 2.7
/** A young series has no rarer excess than its first: so many decades short of its number of buckets will do. */
const YOUNG = 0.5
/** An alarm whose excess was once so rare closes when it is as common as the other. */
const RARE = 2
const COMMON = 1.5

/**
 * Exponent of the bet that excesses are rarer than they use to be, and the rarity beyond which a single bucket earns no more, in
 * decades: a spike is rare, an outage persists. A bucket earns something when it is among the rarest 6 per cent.
 */
const EXPONENT = 0.07
const MOST_OF_A_BUCKET = 1.75
/** What the bet must have earned for an alarm, in nats; beyond it no more is kept than is lost again in a few usual buckets. */
const PERSISTS_AT = 16
const KEPT_BEYOND = 12

/**
 * How rare the excess of a bucket over what was foreseen is among all of a series' own: the conformal p-value of the newest among
 * those before it (Laxhammar & Falkman 2014), which no shape of the tail can mislead. Wide buckets need it: mentions that spread
 * and crowds that gather come in greater numbers than any negative binomial allows, week after week. It bounds what evidence may say;
 * it cannot replace it, because a small rise that lasts is rare in no bucket. Where spikes are so common that evidence counts for
 * little, excesses that persist are seen by a bet against their being usual (a power martingale, restarted at nothing: Vovk,
 * Nouretdinov & Gammerman 2003; Volkhonskiy et al. 2017).
 */
export class ExcessRarity {
  /** Number of buckets with an excess in each bin, and of all. */
  private readonly bins = new Float32Array(BINS)
  private buckets = 0
  /** Of the last bucket, in decades; a hundredth of all is 2. */
  decades = 0
  /** The rarest of the present alarm; 0 where none was admitted. */
  private rarest = 0
  /** What the bet on persistence has earned, in nats. */
  private earned = 0

  /** @param weight of the own past, from 0 for none to 1 */
  constructor(private readonly weight: number) {}

  /** Takes in one bucket. @param excess in reports at the level the series began with */
  add(excess: number): void {
    this.decades = this.rank(excess)
    const stake = Math.log(EXPONENT) + (1 - EXPONENT) * Math.LN10 * Math.min(MOST_OF_A_BUCKET, this.decades)
    this.earned = Math.min(PERSISTS_AT + KEPT_BEYOND, Math.max(0, this.earned + stake))
  }

  private rank(excess: number): number {
    this.buckets++
    if (!(excess > 0)) return 0
    const bin = Math.min(BINS - 1, Math.floor(BINS_A_FOLD * Math.log1p(excess)))
    let greater = 0
    for (let i = bin + 1; i < BINS; i++) greater += this.bins[i]!
    const alike = this.bins[bin]! / 2
    this.bins[bin] = this.bins[bin]! + 1
    return Math.log10(this.buckets / (1 + greater + alike))
  }

  /** The score that the own past supports, in decades. */
  bound(score: number): number {
    return Math.min(score, (BEYOND + this.decades) / this.weight)
  }

  /**
   * What the own past makes of the level that evidence gives: an alarm is admitted once its excess is rare enough, is a suspicion
   * until then, and is over when an excess that was rare has become common.
   *
   * @param trust in the likelihoods, from 0 to 1
   */
  admit(level: VerdictLevel, trust: number): VerdictLevel {
    if (level !== 'open') {
      this.rarest = 0
      return level
    }
    const rareEnough = Math.min(OPEN_AT * (1 - trust) * this.weight, Math.log10(this.buckets) - YOUNG)
    if (this.rarest === 0 && this.decades < rareEnough) return 'suspected'
    this.rarest = Math.max(this.rarest, this.decades)
    return this.rarest >= RARE && this.decades < COMMON * this.weight ? 'quiet' : 'open'
  }

  /** What was believed of a rise is void: nobody listened for long, or it has become usual. */
  forgetRise(): void {
    this.rarest = 0
    this.earned = 0
  }

  /** How far excesses have persisted towards an alarm, which begins at 1. */
  get persistence(): number {
    return (this.earned / PERSISTS_AT) * this.weight
  }

  serialise(): string {
    return [this.buckets, this.decades, this.rarest, this.earned, writeRuns(this.bins)].join(';')
  }

  /** @returns false for text of another shape */
  restore(text: string): boolean {
    const [buckets, decades, rarest, earned, bins] = text.split(';')
    if (bins === undefined || !readRuns(bins, this.bins)) return false
    this.buckets = Number(buckets)
    this.decades = Number(decades)
    this.rarest = Number(rarest)
    this.earned = Number(earned)
    return true
  }
}

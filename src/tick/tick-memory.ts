import type { UsualRates } from './priors.ts'
import type { LiveSeries, SeriesKey } from './series.ts'

/** Detectors kept between ticks, some 50 KB each. */
const MOST_SERIES = 4_000
const MOST_KNOWN = 500_000

export interface KeptSeries extends LiveSeries {
  /** Where its checkpoint in the database stands. */
  checkpointMs: number
  isActive: boolean
  /** Highest evidence since it last was none, in nats. */
  peakNats: number
}

export const textOf = ({ serviceId, scope }: SeriesKey): string => `${serviceId} ${scope}`

/**
 * What the leader need not read again. It is only ever a copy: good while no other replica has led since, thrown away
 * whenever a transaction fails.
 */
export class TickMemory {
  private readonly series = new Map<string, KeptSeries>()
  private readonly known = new Set<string>()
  private watermarkMs: number | null = null
  private recounts = 0
  /** What new series are thought to be like; right for any leader. */
  rates: UsualRates | null = null

  constructor(private readonly mostSeries = MOST_SERIES) {}

  /** Forgets everything unless the database stands where this memory left it, with the minutes that it took in. */
  agreeWith(watermarkMs: number, recounts: number): void {
    const hasMoved = this.watermarkMs !== watermarkMs || this.recounts !== recounts
    if (this.watermarkMs !== null && hasMoved) this.clear()
    this.recounts = recounts
  }

  committed(watermarkMs: number): void {
    this.watermarkMs = watermarkMs
    for (const key of this.series.keys()) {
      if (this.series.size <= this.mostSeries) break
      this.series.delete(key)
    }
    if (this.known.size > MOST_KNOWN) this.known.clear()
  }

  clear(): void {
    this.series.clear()
    this.known.clear()
    this.watermarkMs = null
  }

  get(key: SeriesKey): KeptSeries | undefined {
    const text = textOf(key)
    const found = this.series.get(text)
    if (found) {
      // Insertion order is the order of last use.
      this.series.delete(text)
      this.series.set(text, found)
    }
    return found
  }

  put(series: KeptSeries): void {
    this.series.set(textOf(series.key), series)
  }

  /** Series that have a row in the database. */
  isKnown(key: SeriesKey): boolean {
    return this.known.has(textOf(key))
  }

  nowKnown(keys: readonly SeriesKey[]): void {
    for (const key of keys) this.known.add(textOf(key))
  }

  all(): Iterable<KeptSeries> {
    return this.series.values()
  }
}

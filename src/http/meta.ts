import { freshnessOf, USUAL_AGE_SECONDS, type Watch } from '../count/watch.ts'
import { METHOD_VERSION } from '../detection/detector.ts'

/** What each answer about the state of the world says of itself. */
export interface Meta {
  asOf: string
  freshnessSeconds: number
  methodVersion: string
  sampleSize?: number
  suppressedCells?: number
}

interface Facts {
  sampleSize?: number
  suppressedCells?: number
}

/** Of an answer that tells counts alone. */
export function metaOf(asOf: Date, facts: Facts = {}): Meta {
  return { asOf: asOf.toISOString(), freshnessSeconds: USUAL_AGE_SECONDS, methodVersion: METHOD_VERSION, ...facts }
}

/** Of an answer that tells what detection made of the counts, which is as old as its last look at them. */
export function metaOfVerdict(watch: Watch, facts: Facts = {}): Meta {
  return { ...metaOf(new Date(watch.nowMs), facts), freshnessSeconds: freshnessOf(watch) }
}

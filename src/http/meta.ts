import { METHOD_VERSION } from '../detection/detector.ts'

/** What each answer about the state of the world says of itself. */
export interface Meta {
  asOf: string
  freshnessSeconds: number
  methodVersion: string
  sampleSize?: number
  suppressedCells?: number
}

/** Longest age of what a live answer was made from: the detector's interval and the cache's. */
const FRESHNESS_SECONDS = 8

export function metaOf(asOf: Date, facts: { sampleSize?: number; suppressedCells?: number } = {}): Meta {
  return { asOf: asOf.toISOString(), freshnessSeconds: FRESHNESS_SECONDS, methodVersion: METHOD_VERSION, ...facts }
}

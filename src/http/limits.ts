import { DEFAULT_QUOTA } from '../key/key.ts'
import type { LimitName } from '../ports.ts'

/** Points and seconds. An office behind one address must be able to report, so the report limit is no vote limit: that is the voice. */
export const LIMITS: Record<LimitName, { points: number; seconds: number }> = {
  report: { points: 240, seconds: 60 },
  read: { points: 1_200, seconds: 60 },
  webhook: { points: 60, seconds: 60 },
  push: { points: 30, seconds: 60 },
  snapshot: { points: 30, seconds: 3_600 },
  'key-minute': { points: DEFAULT_QUOTA.perMinute, seconds: 60 },
}

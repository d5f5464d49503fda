import type { ServiceState, Standing } from '../count/read-standing.ts'

/** The state of a service for those who show it in a word; what is not known says why. */
export type Condition = Exclude<ServiceState, 'unknown'> | 'too-little-history' | 'unwatched'

/** With enough history only one thing makes a service unknown: that nobody has watched for some minutes. */
export function conditionOf({ state, expected }: Pick<Standing, 'state' | 'expected'>): Condition {
  if (state !== 'unknown') return state
  return expected === null ? 'too-little-history' : 'unwatched'
}

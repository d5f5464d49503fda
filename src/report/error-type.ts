/** How a service fails: a closed set, the same in code, SQL, JSON and on the page. The order is that of the report form. */
export const ERROR_TYPES = [
  'unavailable',
  'timeout',
  'login',
  'slow',
  'connection',
  'feature',
  'data',
  'other',
] as const

export type ErrorType = (typeof ERROR_TYPES)[number]

/** Reporters by error type; an absent type counts as none. */
export type ErrorTypeCounts = Partial<Record<ErrorType, number>>

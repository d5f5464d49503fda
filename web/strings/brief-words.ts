import type { IncidentClass } from '../../src/incident/incident.ts'
import type { ErrorType } from '../../src/report/error-type.ts'
import type { Plural } from './en.ts'

/**
 * The sentences of an incident's brief. Times are filled in with their date where it is not that of the onset; `{delay}` and
 * `{duration}` come with short units ("2 hr 5 min"), so that no case or number of theirs bends the words around them.
 */
export interface BriefWords {
  headlineTimes: string
  headlinePlain: string
  headlineSpillOver: string
  headlineDismissed: string

  suspected: string
  neverConfirmed: string
  spillOver: string
  /** Where the other incident is not known. */
  spillOverUnknown: string
  dismissed: string

  onset: string
  /** Where the interval is a single minute. */
  onsetPoint: string
  onsetLocal: string

  noticed: string
  noticedAtOnce: string
  confirmed: string
  reopened: string

  reportsFrom: Plural
  reportsOnly: Plural
  noReports: string
  /** As it stands after "from". */
  reporters: Plural
  reportersAtMost: Plural
  reportersUnknown: string
  caveat: string

  peakTimes: Plural
  /** Fewer than one report is usual. */
  peakRare: Plural
  /** Too near the usual level for a multiple. */
  peakPlain: Plural
  /** Where the peak holds more reports than the whole, which is counted from the onset. */
  peakEarlier: string
  secondPeak: Plural

  types: Plural
  typeItem: string
  typesFew: string
  typesUnknown: string
  errorTypes: Record<ErrorType, string>

  whereMany: string
  whereList: string
  whereOne: string
  whereRest: string
  whereUnknown: string
  whereNot: string
  whereNotUnknown: string
  unplaced: string
  placeItem: string

  votes: Plural
  votesNone: string

  providerNone: string
  providerAfter: string
  providerSame: string
  providerBefore: string
  providerSaid: string
  providerResolved: string
  source: string

  cause: string
  causeNone: string
  causeUnknown: string
  workaround: string

  ended: string
  ongoing: string

  reclassified: string
  classes: Record<IncidentClass, string>
  annotated: string
  asOf: string

  /** One sentence to quote, that claims no more than was counted. */
  safe: Plural
  safeNone: string
}

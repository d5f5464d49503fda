import type { BriefWords } from './brief-words.ts'

export const briefEn: BriefWords = {
  headlineTimes: '{service}: reports reached {ratio} times the usual level',
  headlinePlain: '{service}: more reports of problems than usual',
  headlineSpillOver: '{service}: reports rose during an incident at {other}',
  headlineDismissed: '{service}: a rise in reports, dismissed as no outage',

  suspected: 'This rise is suspected, not confirmed: the evidence is thin or comes from too few networks.',
  neverConfirmed: 'This rise was never confirmed: the evidence stayed thin or came from too few networks.',
  spillOver:
    'This rise is classed as spill-over: an incident at {other} ran in the same minutes and regions, and was larger and earlier. It is no evidence that {service} itself failed.',
  spillOverUnknown:
    'This rise is classed as spill-over of an incident elsewhere. It is no evidence that {service} itself failed.',
  dismissed: 'An operator of this instance dismissed this rise: it does not count as an outage of {service}.',

  onset:
    'Reports of problems with {service} began to rise at about {time} UTC (an estimate; between {from} and {until} UTC).',
  onsetPoint: 'Reports of problems with {service} began to rise at about {time} UTC (an estimate).',
  onsetLocal: 'Local time where the largest part of the rise came from ({place}): {time} ({zone} time).',

  noticed: "Outcry noticed it from visitors' reports at {time} UTC, {delay} after the estimated onset.",
  noticedAtOnce: "Outcry noticed it from visitors' reports at {time} UTC, within a minute of the estimated onset.",
  confirmed: 'It was confirmed by reports from enough networks at {time} UTC.',
  reopened: 'After an end had been noted, reports rose again at {time} UTC.',

  reportsFrom: {
    one: '{count} report of a problem was counted, from {reporters}.',
    other: '{count} reports of problems were counted, from {reporters}.',
  },
  reportsOnly: {
    one: '{count} report of a problem was counted.',
    other: '{count} reports of problems were counted.',
  },
  noReports: 'No report of a problem was counted.',
  reporters: { one: '{count} distinct reporter', other: '{count} distinct reporters' },
  reportersAtMost: {
    one: 'at most {count} distinct reporter',
    other: 'at most {count} distinct reporters (anyone who reports on two days, by UTC, is counted on each)',
  },
  reportersUnknown: 'From how many distinct reporters they came is not on record.',
  caveat:
    "A report is one person's word: reports tell neither how many customers had the problem nor which share of all customers.",

  peakTimes: {
    one: 'At the peak, {count} report came in the 15 minutes up to {time} UTC: {ratio} times the {expected} usual for that hour of the week.',
    other:
      'At the peak, {count} reports came in the 15 minutes up to {time} UTC: {ratio} times the {expected} usual for that hour of the week.',
  },
  peakRare: {
    one: 'At the peak, {count} report came in the 15 minutes up to {time} UTC, where fewer than one is usual for that hour of the week.',
    other:
      'At the peak, {count} reports came in the 15 minutes up to {time} UTC, where fewer than one is usual for that hour of the week.',
  },
  peakPlain: {
    one: 'At the peak, {count} report came in the 15 minutes up to {time} UTC; about {expected} are usual for that hour of the week.',
    other:
      'At the peak, {count} reports came in the 15 minutes up to {time} UTC; about {expected} are usual for that hour of the week.',
  },
  peakEarlier: 'These 15 minutes began before the estimated onset, so they hold reports that the total does not.',
  secondPeak: {
    one: 'A second peak, with {count} report in 15 minutes, was reached at {time} UTC.',
    other: 'A second peak, with {count} reports in 15 minutes, was reached at {time} UTC.',
  },

  types: {
    one: 'How it failed, according to {count} report: {list}.',
    other: 'How it failed, according to {count} reports: {list}.',
  },
  typeItem: '{type} ({share})',
  typesFew: 'Too few reports say how it failed to give shares.',
  typesUnknown: 'No report says how it failed.',
  errorTypes: {
    unavailable: 'service unavailable',
    timeout: 'timeouts',
    login: 'sign-in fails',
    slow: 'slow',
    connection: 'no connection',
    feature: 'a part fails',
    data: 'wrong or missing data',
    other: 'something else',
  },

  whereMany: 'The rise came from many countries, led by {list}.',
  whereList: 'The rise came from {list}.',
  whereOne: 'As far as its place is known, the rise came from {place} alone.',
  whereRest: 'The remaining {share} came from other or unknown places.',
  whereUnknown: 'Where the reports came from is not known.',
  whereNot: 'Reports stayed within their usual range here: {list}.',
  whereNotUnknown: 'Elsewhere too few reports are usual to say whether the service worked there.',
  unplaced: '{share} of the reports carry no place.',
  placeItem: '{place} ({share})',

  votes: {
    one: 'Of {count} vote, {share} said "problem" and the rest "it works for me" (95% interval {lower} to {upper}). Voters chose themselves, so this is no share of all customers.',
    other:
      'Of {count} votes, {share} said "problem" and the rest "it works for me" (95% interval {lower} to {upper}). Voters chose themselves, so this is no share of all customers.',
  },
  votesNone: 'Nobody voted that it works, so no share among voters can be given.',

  providerNone: 'No statement by the provider of {service} is on record here; that does not mean that none was made.',
  providerAfter:
    'The provider of {service} first acknowledged it at {time} UTC, {delay} after the reports stood out and {sinceOnset} after the estimated onset.',
  providerSame:
    'The provider of {service} first acknowledged it at {time} UTC, in the minute when the reports stood out.',
  providerBefore: 'The provider of {service} had acknowledged it at {time} UTC, {delay} before the reports stood out.',
  providerSaid: 'Its latest words on record: "{text}" ({time} UTC).',
  providerResolved: 'It declared the problem resolved at {time} UTC.',
  source: '(Source: {url})',

  cause: 'Cause, as stated by the provider at {time} UTC: "{text}".',
  causeNone: 'The provider has stated no cause on record here.',
  causeUnknown: 'No cause is on record here.',
  workaround: 'Workaround, as given by the provider at {time} UTC: "{text}".',

  ended:
    'Reports were back within their usual range at {time} UTC, {duration} after the estimated onset. This end is judged from the reports, not from inside the service.',
  ongoing: 'It had not ended at {time} UTC, {duration} after the estimated onset.',

  reclassified: 'Correction of {time} UTC: classed as {to} instead of {from}.',
  classes: { outage: 'an outage', 'spill-over': 'spill-over', dismissed: 'no outage' },
  annotated: 'Note of {time} UTC: {text}',
  asOf: 'All figures as of {time} UTC, by method version {version}.',

  safe: {
    one: "Outcry counted {count} report of a problem with {service} between {from} and {until} UTC; a report is one person's word, and no count of customers.",
    other:
      "Outcry counted {count} reports of problems with {service} between {from} and {until} UTC; a report is one person's word, and no count of customers.",
  },
  safeNone: 'Outcry counted no report of a problem with {service} between {from} and {until} UTC.',
}

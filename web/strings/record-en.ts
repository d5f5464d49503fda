import type { IncidentUpdate, ProviderUpdate } from '../../src/incident/incident.ts'
import type { Plural } from './en.ts'

/** Words of the record's pages: incidents, snapshots, comparison, embeds. */
export interface RecordStrings {
  incident: {
    kicker: string
    facts: string
    began: string
    noticed: string
    confirmed: string
    notConfirmed: string
    ended: string
    ongoing: string
    duration: string
    reports: string
    reporters: string
    atMost: string
    peak: string
    peakValue: string
    usual: string
    votes: string
    severity: string
    acknowledged: string
    none: string
    after: string
    before: string
    timeline: string
    timelineUnit: string
    kinds: Record<IncidentUpdate['kind'], string>
    spreadTo: string
    severityNow: string
    official: string
    officialNone: string
    officialStates: Record<ProviderUpdate['status'], string>
    officialPage: string
    cause: string
    workaround: string
    source: string
    regionsNone: string
    typesTitle: string
    typesNone: string
    keptBack: string
    quote: string
    quoteMore: string
    cite: string
    citePlain: string
    downloads: string
    everything: string
    freeze: string
    freezeMore: string
    frozen: string
    embed: string
    compare: string
  }
  snapshot: {
    kicker: string
    what: string
    hash: string
    verify: string
    later: string
    laterNone: string
    laterReopened: string
    current: string
    download: string
  }
  archive: {
    title: string
    titleOf: string
    description: string
    service: string
    category: string
    region: string
    severity: string
    any: string
    show: string
    found: Plural
    none: string
    empty: string
    earlier: string
    later: string
    months: string
    records: string
    recordsOf: Plural
    recordsFew: Plural
    longest: string
    steepest: string
    most: string
    times: string
    files: string
  }
  compare: {
    title: string
    /** At the line of one, in a chart of multiples. */
    usual: string
    each: string
    add: string
    titleOf: string
    description: string
    how: string
    services: string
    regions: string
    incidents: string
    placeholder: string
    show: string
    scale: string
    scales: { count: string; ratio: string }
    unitCount: string
    unitRatio: string
    aligned: string
    table: string
    name: string
    sum: string
    peak: string
    none: string
    unknown: string
  }
  embed: {
    title: string
    titleAny: string
    others: string
    alone: string
    copy: string
    copied: string
    description: string
    kind: string
    kinds: { chart: string; map: string; badge: string }
    theme: string
    themes: { auto: string; light: string; dark: string }
    code: string
    picture: string
    preview: string
    more: string
    note: string
  }
  method: { title: string; description: string }
}

export const recordEn: RecordStrings = {
  incident: {
    kicker: 'Incident record, as of {time}',
    facts: 'Facts',
    began: 'Rise began',
    noticed: 'Noticed',
    confirmed: 'Confirmed',
    notConfirmed: 'not confirmed',
    ended: 'Back to usual',
    ongoing: 'not yet',
    duration: 'Duration',
    reports: 'Reports',
    reporters: 'Distinct reporters',
    atMost: 'at most {count}',
    peak: 'Peak',
    peakValue: '{count} in 15 minutes, to {time}',
    usual: 'Usual then',
    votes: 'Problem among votes',
    severity: 'Severity',
    acknowledged: 'Provider acknowledged',
    none: 'not on record',
    after: '{duration} after it was noticed',
    before: '{duration} before it was noticed',
    timeline: 'Timeline',
    timelineUnit: 'What happened when, by the clock of the database',
    kinds: {
      opened: 'Rise noticed',
      confirmed: 'Confirmed by enough networks',
      severity: 'Severity raised',
      spread: 'Spread',
      related: 'Linked services',
      peak: 'Peak',
      reclassified: 'Reclassified',
      annotated: 'Note',
      reopened: 'Reports rose again',
      resolved: 'Back to the usual range',
    },
    spreadTo: 'Also in {places}',
    severityNow: 'Severity: {severity}',
    official: 'What {service} said',
    officialNone: 'No statement is on record here. That does not mean that none was made.',
    officialStates: {
      investigating: 'Investigating',
      identified: 'Identified',
      monitoring: 'Monitoring',
      resolved: 'Resolved',
    },
    officialPage: 'Official status page',
    cause: 'Cause stated: {text}',
    workaround: 'Workaround: {text}',
    source: 'Source',
    regionsNone: 'Where the rise came from is not known.',
    typesTitle: 'How it failed, over time',
    typesNone: 'No report says how it failed.',
    keptBack: 'Grey: not measured, or fewer than 3 reports, which are kept back.',
    quote: 'A sentence to quote',
    quoteMore: 'It claims no more than was counted.',
    cite: 'Cite',
    citePlain: 'Plain text',
    downloads: 'Downloads',
    everything: 'Whole record (JSON)',
    freeze: 'Freeze this record',
    freezeMore: 'Gives it a permanent address with chart, data and text as they are now, for ever.',
    frozen: 'Frozen states',
    embed: 'Embed',
    compare: 'Compare',
  },
  snapshot: {
    kicker: 'Frozen on {time}',
    what: 'This page never changes. Figures as of {time}, method version {version}.',
    hash: 'SHA-256 of the canonical data',
    verify: 'Anyone can check a downloaded copy with “outcry verify”.',
    later: 'What was corrected since',
    laterNone: 'Nothing so far.',
    laterReopened: 'Reports have risen again since; see the incident as it stands now.',
    current: 'The incident as it stands now',
    download: 'Download with hash (JSON)',
  },
  archive: {
    title: 'Incidents',
    titleOf: 'Incidents in {month}',
    description: 'Every rise in outage reports that was noticed here: when, how long, how large, where.',
    service: 'Service',
    category: 'Category',
    region: 'Region',
    severity: 'Severity',
    any: 'any',
    show: 'Show',
    found: { one: '{count} incident', other: '{count} incidents' },
    none: 'No incident fits.',
    empty: 'No incident is on record yet.',
    earlier: 'Earlier',
    later: 'Later',
    months: 'By month',
    records: 'Records',
    recordsOf: {
      one: 'Out of {count} confirmed incident on this instance since {since}',
      other: 'Out of {count} confirmed incidents on this instance since {since}',
    },
    recordsFew: {
      one: '{count} confirmed incident is on record: too few for records.',
      other: '{count} confirmed incidents are on record: too few for records.',
    },
    longest: 'Longest',
    steepest: 'Largest against the usual level',
    most: 'Most reports in 15 minutes',
    times: '{times} times usual',
    files: 'All data by day',
  },
  compare: {
    usual: 'usual level',
    each: 'Each against its own usual range',
    add: 'Add:',
    title: 'Compare',
    titleOf: '{names}: reports compared',
    description: 'Reports on up to five services, regions or incidents, on one scale or as times usual.',
    how: 'Up to five, separated by commas.',
    services: 'Services',
    regions: 'Regions of one service',
    incidents: 'Incidents',
    placeholder: 'e.g. outlook, gmail',
    show: 'Compare',
    scale: 'Scale',
    scales: { count: 'reports', ratio: 'times usual' },
    unitCount: 'Reports per {step}, all on one scale',
    unitRatio: 'Times the usual level per {step}, all on one scale',
    aligned: 'Incidents are laid over one another from their estimated onset.',
    table: 'The numbers',
    name: 'Name',
    sum: 'Reports',
    peak: 'Most per {step}',
    none: 'Choose what to compare.',
    unknown: 'Nothing is known of {names}.',
  },
  embed: {
    titleAny: 'Embed a chart, map or badge',
    others: 'Also found:',
    alone: 'Open it alone',
    copy: 'Copy',
    copied: 'Copied',
    title: 'Embed {service}',
    description: 'A live chart, map or badge for your own page; no cookie, no script needed.',
    kind: 'What',
    kinds: { chart: 'Chart', map: 'Map', badge: 'Badge' },
    theme: 'Colours',
    themes: { auto: 'as the reader', light: 'light', dark: 'dark' },
    code: 'Code for your page',
    picture: 'As a plain picture',
    preview: 'Preview',
    more: 'More on {service}',
    note: 'The frame asks for its height by postMessage; without your script it keeps the one in the code.',
  },
  method: {
    title: 'How Outcry counts',
    description: 'How a report counts, what is usual, when a rise is told, what is hidden, and how often it errs.',
  },
}

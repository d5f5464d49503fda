import type { MethodWords } from './method-words.ts'

export const methodEn: MethodWords = {
  contents: 'On this page',
  titles: {
    report: 'What a report is',
    once: 'How a person counts once',
    usual: 'What is usual',
    suspected: '“Suspected” and “open”, in probabilities',
    onset: 'When it began',
    severity: 'Severity',
    suppression: 'What is kept back',
    places: 'Where reports come from',
    'spill-over': 'Spill-over',
    biases: 'Known biases',
    example: 'A worked example',
    accuracy: 'How this instance has done',
    changes: 'Changes of the method',
  },
  prose: {
    report: [
      'A report is one person saying “it fails for me”, or “it works for me”, about one service. It is a person’s word, not a measurement of the service, and not a count of customers: most people who have a problem never report it, and people for whom all is well seldom come here. So reports tell when and where something changed, and how strongly; they cannot tell how many customers had a problem.',
    ],
    once: [
      'A person’s address (an IPv4 address, or an IPv6 /64) is turned into a code with a secret that changes every day and is then destroyed. The same code counts once per service in {voiceMinutes} minutes; what it sends in between refines its report. Apart from the minutes around midnight UTC, nobody can be recognised from one day to the next, so distinct reporters of an incident that spans two days are an upper bound. Single reports are deleted after {days} days; counts stay.',
      'One address, network or rented list of proxies must not make an outage. For detection each report therefore weighs less the more its network has said in the last half hour: {weight}, with n earlier reports from the same /24 (or /48) and w from the /16 (or /32) around it. A rise is confirmed only once it comes from at least {networks} networks, and from more of them the larger it is. The counts that pages show are of people, not weighted.',
    ],
    usual: [
      'Each series (a service in the world, in a country, in a region) is compared with its own past: its level, its rhythm over the day and the week in local time, and how much it scatters, without past incidents. The grey band holds 95% of what chance brings. It is frozen when a quarter of an hour ends: tomorrow’s chart of today shows the same band.',
    ],
    suspected: [
      'The evidence is a likelihood ratio: how much better the counts fit a rise than the usual level. A rise is suspected from a ratio of about {suspectRatio} ({suspectNats} nats) and open, that is confirmed, from about {openRatio} ({openNats} nats) with enough networks behind it. Such ratios are needed because thousands of series are watched every minute.',
      'Given how seldom outages begin, a rise that has just opened is about as likely as chance (probability one half); each further factor of ten in the ratio multiplies the odds by ten, and that probability is the “confidence” of a spike. The threshold aims at one false alarm per service and year; all regions of a service together share another one.',
      'An alarm ends when the latest counts fit the usual level about {endRatio} times better ({endNats} nats) than half the height of the rise. “No data” is never drawn as “fine”: minutes in which this instance did not listen are gaps.',
    ],
    onset: [
      'The onset is the minute from which the counts most likely came at a higher rate, with the interval of minutes that are nearly as likely; it settles within a quarter of an hour. It is an estimate: reports follow a failure by minutes, and a slow failure begins before anyone can notice.',
    ],
    severity: [
      'Critical: 200 reporters or more in 15 minutes worldwide, at 20 times the usual or more. Major: 50 or more, at 5 times or more. Otherwise minor. An incident keeps the highest it has had.',
    ],
    suppression: [
      'Counts of a place below {smallest} people are not shown, on pages and in files, nor is what would let them be worked out from totals. Places without a report are hidden with them, so that which of them has one stays open. In the open archive the same file would come out wherever those reports came from. Worldwide totals and error types are shown as they are, since they tell of no place.',
    ],
    places: [
      'The place is guessed from the address, or chosen by the person within the country that the platform sees. The country is mostly right; the region is a guess, since mobile networks often exit elsewhere. The address itself is not kept. Places follow ISO 3166-2. Where a border is disputed, the prefix of the ISO code decides; boundaries are drawn by Natural Earth.',
    ],
    'spill-over': [
      'When a network fails, everything on it seems broken. An incident in the same minutes and regions as a larger and earlier one of another service, mostly a rival, is classed as its spill-over if it rose far less above its own normal. Services of several kinds that rise alike rather share a cause, and their stories are linked. An operator may correct a class, and the correction is dated and stays.',
    ],
  },
  biases: [
    'People report when the service matters to them now: nights, weekends and holidays are quieter.',
    'News of an outage brings reports; a second rise may follow the headlines, not the failure.',
    'Languages and countries in which this site is little known report less.',
    'Votes that it works come from the few who look although nothing is wrong.',
    'The end is when reports are back within the usual range, which may be before or after the repair; it is an estimate, told some ten minutes later, once it is sure.',
  ],
  example: {
    none: 'No incident on this instance is large enough yet to show the arithmetic on.',
    lead: '{incident}; class: {class}; severity: {severity}.',
    peak: 'In the 15 minutes up to {time} UTC, {observed} reports of a problem came, where {expected} are usual for that hour of the week: {observed} / {expected} = {ratio} times the usual.',
    onset:
      'The evidence began to grow at {onset} UTC (between {from} and {until}) and was enough at {noticed}: {delay} after the onset.',
    votes:
      'Problems: {problems}; “it works”: {ok}; votes: {votes}. So {share} of the votes are problems; the Wilson interval at 95% for {problems} of {votes} is {lower} to {upper}. It is a share of votes, and of nothing else.',
  },
  accuracy: {
    none: 'This instance has noticed no rise yet, so there is nothing to judge it by.',
    watched: 'Since {since} (at most a year). Series watched now: {series}, of services: {services}.',
    rises: 'Rises confirmed: {confirmed}. Rises that stayed suspected: {suspected}.',
    erred:
      'Of the confirmed ones, dismissed later as no outage: {dismissed}; explained by another service: {spillOvers}.',
    erredShare: 'That is {share} of all confirmed.',
    unknown: 'Errors that nobody has noticed are not in these numbers.',
    delay: 'Half of the confirmed rises were noticed within {delay} of their estimated onset.',
    wordAfter: {
      one: 'In the {count} incident with a provider’s word on record, that word came {delay} after the notice.',
      other:
        'In the {count} incidents with a provider’s word on record, that word came {delay} after the notice (median).',
    },
    wordBefore: {
      one: 'In the {count} incident with a provider’s word on record, that word came {delay} before the notice.',
      other:
        'In the {count} incidents with a provider’s word on record, that word came {delay} before the notice (median).',
    },
    measured: {
      rate: 'False alarms of a worldwide series and week, estimated from the last {days} days ({weeks} series-weeks watched): {rate}; 95% interval {lower} to {upper}. Promised: at most {promised}.',
      belief: 'So little was watched that this is mostly what was believed before.',
      band: 'Quarters of an hour outside incidents of which enough was expected: {quarters}. In their grey band of 95%: {within}; below it: {below}; above it: {above}.',
      peaks:
        'Peaks of evidence of which no confirmed rise came. Evidence is sound where fewer are seen than the promise allows, at every level.',
      nats: 'Evidence, at least (nats)',
      seen: 'Seen',
      promised: 'Allowed',
    },
    data: 'The same as data: {link}.',
  },
  changes: {
    inForce:
      'Version in force: {version}. Each number carries the version it was made with; a new version does not change what was said before.',
    version: 'Version {version}, {since}',
    what: {
      '1': 'First published method: exact count likelihoods against a learned weekly rhythm, weights by diversity of networks, a share of one alarm budget for each series.',
      '2': 'The end of a holiday or of a silence is no rise of its own; an outage in the first week of a series stays open and is not taken for usual; series with heavier tails than the model’s are recognised sooner.',
      '3': 'How much a series scatters is learned apart from holidays and other errors of what was foreseen; what a series saw once in an alarm of its first week is not taken for usual; in buckets wider than a minute (counts that others judge with this method) an excess says no more than its rarity in the series’ own past supports, unless it persists.',
      '4': 'What rose at the same time of three days in a row counts as usual from the fourth day on, up to three times what was usual before; an alarm goes on when the rise has become smaller but not ended; the mix of errors is not judged while the number of reports tells of an outage, and a shift of it is confirmed only where it holds by the weight of the networks; a rise is told as another service’s spill-over by how far each stands above its own normal; begin and end are estimated from the counts, the begin with its interval.',
    },
  },
}

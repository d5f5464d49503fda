// Generated from /v1/openapi.json by `npm run client`. Do not edit.

/** What an answer says of itself. */
export type Meta = {
  asOf: string
  /** Longest age of what the answer was made from. */
  freshnessSeconds: number
  /** Version of the detection method; see /methodology. */
  methodVersion: string
  /** Reports behind the answer. */
  sampleSize?: number
  /** Cells kept back: fewer than three people reported, or none or more where such a count could be worked out. */
  suppressedCells?: number
}

/** A service and how it stands. */
export type Service = {
  slug: string
  name: string
  aliases: string[]
  category:
    | 'mail-and-office'
    | 'messaging'
    | 'social'
    | 'carriers-and-broadband'
    | 'cloud-and-cdn'
    | 'developer-tools'
    | 'ai'
    | 'business-tools'
    | 'security-and-identity'
    | 'payments-and-banks'
    | 'shops'
    | 'food-and-delivery'
    | 'airlines-and-travel'
    | 'video'
    | 'music'
    | 'games'
    | 'devices-and-home'
    | 'news-and-knowledge'
    | 'education'
    | 'public-services'
    | 'other'
  homepage: string
  statusPage: {
    url: string
    format:
      | 'atlassian-statuspage'
      | 'instatus'
      | 'better-stack'
      | 'status-io'
      | 'google'
      | 'aws'
      | 'azure-rss'
      | 'slack'
      | 'heroku'
      | 'apple'
      | 'rss'
      | 'html'
  } | null
  features: string[]
  /** Where it mainly operates; empty means worldwide. */
  countries: string[]
  /** `down` is confirmed, `suspected` is not: do not tell of it as an outage. `unknown` means too little history, or that nobody has listened for some minutes; not that all is well. */
  state: 'ok' | 'suspected' | 'down' | 'unknown'
  reportsLast15m: number
  okLast15m: number
  /** What is usual now; `null` when unknown. */
  expectedLast15m: number | null
  incidentId: string | null
}

/** A series of reports above what its baseline explains. */
export type Spike = {
  id: string
  service: string
  /** `null` for the whole world. */
  region: string | null
  /** `suspected` while the evidence is middling or comes from too few networks; do not tell of it as an outage. */
  status: 'suspected' | 'open' | 'resolved'
  /** More reports than usual, or other error types than usual. */
  cause: 'volume' | 'error-mix'
  /** When the alarm was raised. */
  openedAt: string
  /** When the rise probably began. */
  onsetAt: string
  /** When it was told that it is over; `null` while it goes on. */
  resolvedAt: string | null
  /** When reports were probably usual again; `null` while it goes on, and where that cannot be told. */
  endedAt: string | null
  /** When the numbers were last told anew: every five minutes, and when they jump. */
  updatedAt: string
  /** Distinct reporters in the 15 minutes up to `updatedAt`. Not users affected. */
  observed: number
  /** What is usual in those 15 minutes. Its interval is in the time series of the service and region. */
  expected: number
  /** `observed` by `expected`, the latter held at 0.1 or more. */
  ratio: number
  /** Evidence against the baseline in decades: 3 is one chance in a thousand. */
  surprise: number
  /** Probability that this is no chance fluctuation, from the evidence. */
  confidence: number
  /** Largest `observed` so far, and when. */
  peak: {
    observed: number
    at: string
  }
  /** Reporters by error type since `onsetAt`. Of a region, types that fewer than three people named are left out. */
  errorTypes: Partial<
    Record<'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other', number>
  >
  /** Countries and subdivisions that carry the excess, largest share first. */
  regions: Array<{
    /** ISO 3166-1 country or ISO 3166-2 subdivision. */
    region: string
    share: number
  }>
  /** Where the excess sits: everywhere alike, in some regions, behind one network, or not to be told. */
  reach: 'worldwide' | 'regional' | 'network' | 'unclear'
  /** Part of the excess that comes from one network, whichever it is; `null` where it cannot be told. From 0.6 on, where the network usually has less than half of that, `reach` is `network`. */
  largestNetworkShare: number | null
  /** Distinct networks among the reporters since `onsetAt`. */
  networks: number
  /** The incident that this spike belongs to. */
  incidentId: string | null
  /** The spike of another service that explains this one. */
  spillOverOf: string | null
  /** Version of the method that told it. */
  methodVersion: string
}

/** All concurrent spikes of one service told as one story. */
export type Incident = {
  id: string
  service: string
  status: 'suspected' | 'open' | 'resolved'
  class: 'outage' | 'spill-over' | 'dismissed'
  severity: 'minor' | 'major' | 'critical'
  onsetAt: string
  onsetInterval: {
    from: string
    to: string
  }
  openedAt: string
  confirmedAt: string | null
  /** When it was told that it is over. */
  resolvedAt: string | null
  /** Estimated end, as `onsetAt` is the estimated begin. */
  endedAt: string | null
  updatedAt: string
  reports: number
  okVotes: number
  peak: {
    observed: number
    expected: number
    at: string
  }
  /** Reporters by error type; an absent type counts as none. */
  errorTypes: Partial<
    Record<'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other', number>
  >
  /** Countries and subdivisions that carry the excess, largest share first. */
  regions: Array<{
    /** ISO 3166-1 country or ISO 3166-2 subdivision. */
    region: string
    share: number
  }>
  isWorldwide: boolean
  /** Where the excess sits: everywhere alike, in some regions, behind one network, or not to be told. */
  reach: 'worldwide' | 'regional' | 'network' | 'unclear'
  /** Part of the excess that comes from one network, whichever it is; `null` where it cannot be told. From 0.6 on, where the network usually has less than half of that, `reach` is `network`. */
  largestNetworkShare: number | null
  /** The incident of another service that explains this one. */
  spillOverOf: {
    incidentId: string
    service: string
    /** The numbers that say so; absent where an operator did. */
    evidence?: {
      excessRatio: number
      leadMs: number
      overlap: number
      likeness: number
      score: number
    }
  } | null
  /** Incidents of other services that belong to the same story. */
  related: Array<{
    incidentId: string
    service: string
    relation: 'depends-on' | 'carries' | 'rose-together'
  }>
  spikeIds: string[]
  methodVersion: string
}

export type TimelineEntry = {
  at: string
  kind:
    | 'opened'
    | 'confirmed'
    | 'severity'
    | 'spread'
    | 'peak'
    | 'reclassified'
    | 'related'
    | 'annotated'
    | 'reopened'
    | 'resolved'
  data: Record<string, string | number | boolean | null | string[]>
}

/** What the provider said. */
export type ProviderUpdate = {
  at: string
  status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
  text: string
  sourceUrl: string | null
  cause: string | null
  workaround: string | null
}

/** One entry of the event log. */
export type Event = {
  /** Rises in the order of commits; also the webhook id, the stream id and the cursor. */
  id: string
  type:
    | 'spike.opened'
    | 'spike.updated'
    | 'spike.resolved'
    | 'spike.reclassified'
    | 'incident.opened'
    | 'incident.updated'
    | 'incident.resolved'
  at: string
  service: string
  region: string | null
  data: Spike | Incident
}

export type PartnerReport = {
  /** Slug of a service. */
  service: string
  kind?: 'problem' | 'ok'
  errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
  region?: string | null
  feature?: string | null
  comment?: string | null
  observedAt?: string | null
  /** Whom you report for, under a name of your own that stays the same for the same person: an opaque id, no address, no account name. It is kept only as a keyed hash, under a key that is destroyed daily. */
  reporter: string
}

/** RFC 9457. */
export type Problem = {
  /** Stable; programs switch on it. */
  type: string
  title: string
  status: number
  detail: string
  errors?: Array<{
    field: string
    message: string
  }>
  /** Slugs that were perhaps meant. */
  didYouMean?: string[]
  /** Quotas that were used up. */
  'violated-policies'?: string[]
  [name: string]: unknown
}

/** A key as everybody but its owner knows it. */
export type Key = {
  id: string
  /** Its first characters. */
  hint: string
  name: string
  scopes: Array<'read' | 'webhooks' | 'report'>
  quota: {
    perMinute: number
    perDay: number
  }
  trust: number
  createdAt: string
  lastUsedOn: string | null
  revokedAt: string | null
}

/** Where a program wants to be told. */
export type Webhook = {
  id: string
  url: string
  name: string | null
  filter: {
    services: string[]
    regions: string[]
    types: Array<
      | 'spike.opened'
      | 'spike.updated'
      | 'spike.resolved'
      | 'spike.reclassified'
      | 'incident.opened'
      | 'incident.updated'
      | 'incident.resolved'
    >
    severities: Array<'minor' | 'major' | 'critical'>
  }
  /** `paused` failed for days or rests, `disabled` answered 410. Then nothing is put by: replay what it missed. */
  state: 'active' | 'paused' | 'disabled'
  stateReason: string | null
  failingSince: string | null
  createdAt: string
  updatedAt: string
}

export type Delivery = {
  messageId: string
  type: string
  state: 'pending' | 'delivered' | 'failed'
  createdAt: string
  dueAt: string | null
  settledAt: string | null
  attempts: Array<{
    at: string
    status: number | null
    /** Where there was no answer: forbidden-address, dns, tls, timeout, connection, too-large. */
    failure: string | null
    durationMs: number
  }>
}

/** What is posted to a webhook, by Standard Webhooks; `webhook-id` is the id of the event. */
export type WebhookMessage = {
  type:
    | 'spike.opened'
    | 'spike.updated'
    | 'spike.resolved'
    | 'spike.reclassified'
    | 'incident.opened'
    | 'incident.updated'
    | 'incident.resolved'
  timestamp: string
  data: Spike | Incident
}

/** A service as the catalogue describes it. */
export type KeptService = {
  slug: string
  name: string
  aliases: string[]
  category:
    | 'mail-and-office'
    | 'messaging'
    | 'social'
    | 'carriers-and-broadband'
    | 'cloud-and-cdn'
    | 'developer-tools'
    | 'ai'
    | 'business-tools'
    | 'security-and-identity'
    | 'payments-and-banks'
    | 'shops'
    | 'food-and-delivery'
    | 'airlines-and-travel'
    | 'video'
    | 'music'
    | 'games'
    | 'devices-and-home'
    | 'news-and-knowledge'
    | 'education'
    | 'public-services'
    | 'other'
  homepage: string
  statusPage: {
    url: string
    format:
      | 'atlassian-statuspage'
      | 'instatus'
      | 'better-stack'
      | 'status-io'
      | 'google'
      | 'aws'
      | 'azure-rss'
      | 'slack'
      | 'heroku'
      | 'apple'
      | 'rss'
      | 'html'
  } | null
  features: string[]
  /** Where it mainly operates; empty means worldwide. */
  countries: string[]
  /** Slugs of services that take it down with them. */
  dependsOn: string[]
  /** False for one that is retired: nobody can report on it. */
  isActive: boolean
  createdAt: string
  updatedAt: string
  /** When an operator last changed it; `null` while it is as built in. */
  editedAt: string | null
}

/** A report as the operator sees it. */
export type FoundReport = {
  id: string
  service: string
  receivedAt: string
  /** Of a late report: when it was seen. */
  observedAt: string | null
  kind: 'problem' | 'ok'
  errorType: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other' | null
  region: string | null
  feature: string | null
  comment: string | null
  /** A name for the network it came from, another one each day (UTC); who sent it is not known. */
  network: string
  asn: number | null
  /** What it weighs in detection, as a part of a person. */
  weight: number
  /** Id of the key that a partner reported with. */
  source: string | null
  isHidden: boolean
}

/** Something an operator did. */
export type AuditEntry = {
  id: string
  at: string
  /** `admin` for whoever holds ADMIN_KEY, or `command line`. */
  actor: string
  action: string
  /** A slug, or the id of a key or an incident. */
  subject: string
  /** What changed; for a service `before` and `after`. */
  data: Record<string, unknown>
}

/** Every call: what it takes and what it gives. */
export interface Calls {
  /** Services and how they stand */
  listServices: {
    parameters: {
      query?: string
      category?:
        | 'mail-and-office'
        | 'messaging'
        | 'social'
        | 'carriers-and-broadband'
        | 'cloud-and-cdn'
        | 'developer-tools'
        | 'ai'
        | 'business-tools'
        | 'security-and-identity'
        | 'payments-and-banks'
        | 'shops'
        | 'food-and-delivery'
        | 'airlines-and-travel'
        | 'video'
        | 'music'
        | 'games'
        | 'devices-and-home'
        | 'news-and-knowledge'
        | 'education'
        | 'public-services'
        | 'other'
      state?: 'ok' | 'suspected' | 'down' | 'unknown'
      /** Only these members of each item, parted by commas. */
      fields?: string
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: Service[]
      /** For `cursor`; `null` at the end. */
      nextCursor: string | null
      meta: Meta
    }
  }
  /** Is it down? */
  getService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      slug: string
      name: string
      aliases: string[]
      category:
        | 'mail-and-office'
        | 'messaging'
        | 'social'
        | 'carriers-and-broadband'
        | 'cloud-and-cdn'
        | 'developer-tools'
        | 'ai'
        | 'business-tools'
        | 'security-and-identity'
        | 'payments-and-banks'
        | 'shops'
        | 'food-and-delivery'
        | 'airlines-and-travel'
        | 'video'
        | 'music'
        | 'games'
        | 'devices-and-home'
        | 'news-and-knowledge'
        | 'education'
        | 'public-services'
        | 'other'
      homepage: string
      statusPage: {
        url: string
        format:
          | 'atlassian-statuspage'
          | 'instatus'
          | 'better-stack'
          | 'status-io'
          | 'google'
          | 'aws'
          | 'azure-rss'
          | 'slack'
          | 'heroku'
          | 'apple'
          | 'rss'
          | 'html'
      } | null
      features: string[]
      /** Where it mainly operates; empty means worldwide. */
      countries: string[]
      /** `down` is confirmed, `suspected` is not: do not tell of it as an outage. `unknown` means too little history, or that nobody has listened for some minutes; not that all is well. */
      state: 'ok' | 'suspected' | 'down' | 'unknown'
      reportsLast15m: number
      okLast15m: number
      /** What is usual now; `null` when unknown. */
      expectedLast15m: number | null
      incidentId: string | null
      meta: Meta
    }
  }
  /** Reports over time */
  getTimeseries: {
    parameters: {
      /** Slug of a service. */
      slug: string
      /** RFC 3339. */
      from?: string
      /** RFC 3339. */
      to?: string
      step?: '1m' | '5m' | '15m' | '1h' | '1d'
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
      errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
      format?: 'json' | 'csv'
    }
    body: undefined
    answer: {
      service: string
      region: string | null
      errorType: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other' | null
      from: string
      to: string
      step: '1m' | '5m' | '15m' | '1h' | '1d'
      points: Array<{
        /** Start of the step. */
        t: string
        /** `null` where there is no data: for most of the step nobody listened, or it is still to come. Of a region also where fewer than three people reported. */
        count: number | null
        /** What was foreseen, with its 95 % band in `lower` and `upper`. Where for a smaller part of the step nobody listened, of the part that was heard. A step that has only begun is foreseen whole. `null` where there is no data, before the first report, and more than a week ahead. */
        expected: number | null
        lower: number | null
        upper: number | null
        /** `null` where there is no data, or fewer than three people reported. */
        ok: number | null
        /** `null` where there is no data, or fewer than three people reported. */
        late: number | null
      }>
      meta: Meta
    }
  }
  /** What fails, and where */
  getBreakdown: {
    parameters: {
      /** Slug of a service. */
      slug: string
      window?: '15m' | '1h' | '24h' | '7d'
    }
    body: undefined
    answer: {
      service: string
      from: string
      to: string
      problems: number
      ok: number
      /** Worldwide, and therefore as they are: they tell of no place. */
      errorTypes: Array<{
        errorType: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
        count: number | null
        share: number | null
      }>
      /** Those that at least three people named. */
      features: Array<{
        feature: string
        count: number | null
        share: number | null
      }>
      /** Countries. `null` is fewer than three or none, kept back as in the heatmap of the same window. */
      regions: Array<{
        /** ISO 3166-1 country or ISO 3166-2 subdivision. */
        region: string
        count: number | null
        share: number | null
      }>
      /** Reports without a known place; `null` where kept back. */
      unplaced: number | null
      /** Problems among all who voted, with the Wilson interval at 95 %. No share of all users. */
      affected: {
        share: number
        lower: number
        upper: number
        voters: number
      } | null
      meta: Meta
    }
  }
  /** Where people report */
  getHeatmap: {
    parameters: {
      /** Slug of a service. */
      service?: string
      window?: '15m' | '1h' | '24h'
      /** RFC 3339. */
      from?: string
      /** RFC 3339. */
      to?: string
      level?: 'country' | 'subdivision'
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      country?: string
      format?: 'json' | 'geojson' | 'csv'
    }
    body: undefined
    answer: {
      service: string | null
      level: 'country' | 'subdivision'
      country: string | null
      from: string
      to: string
      regions: Array<{
        /** ISO 3166-1 country or ISO 3166-2 subdivision. */
        region: string
        name: string
        /** `null` where kept back, as `suppressed` says, and where there is no data. */
        count: number | null
        /** What was usual of the region in this window, as the time series tells it: the sum of what was foreseen then. Of the part of the window in which somebody listened; `null` where nothing is known of what is usual, or the count is kept back. */
        expected: number | null
        /** count / expected, with at least 0.1 expected; `null` while nothing is known of what is usual. */
        ratio: number | null
        perMillion: number | null
        /** `none` no report · `usual` · `elevated` at least 3 times the usual and five people · `high` at least 10 times · `hidden` kept back · `unknown` with a `count`: nothing is known yet of what is usual, as in the first day of a service, which is no all-clear; with `count` `null`: there is no data. */
        state: 'none' | 'usual' | 'elevated' | 'high' | 'hidden' | 'unknown'
        suppressed: boolean
      }>
      meta: Meta
    }
  }
  /** Spikes, newest first */
  listSpikes: {
    parameters: {
      /** Slug of a service. */
      service?: string
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
      status?: 'open' | 'resolved' | 'suspected' | 'all'
      /** RFC 3339. */
      since?: string
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
      /** Only these members of each item, parted by commas. */
      fields?: string
    }
    body: undefined
    answer: {
      items: Spike[]
      /** For `cursor`; `null` at the end. */
      nextCursor: string | null
      meta: Meta
    }
  }
  /** One spike */
  getSpike: {
    parameters: {
      /** Id of a spike. */
      id: string
    }
    body: undefined
    answer: {
      id: string
      service: string
      /** `null` for the whole world. */
      region: string | null
      /** `suspected` while the evidence is middling or comes from too few networks; do not tell of it as an outage. */
      status: 'suspected' | 'open' | 'resolved'
      /** More reports than usual, or other error types than usual. */
      cause: 'volume' | 'error-mix'
      /** When the alarm was raised. */
      openedAt: string
      /** When the rise probably began. */
      onsetAt: string
      /** When it was told that it is over; `null` while it goes on. */
      resolvedAt: string | null
      /** When reports were probably usual again; `null` while it goes on, and where that cannot be told. */
      endedAt: string | null
      /** When the numbers were last told anew: every five minutes, and when they jump. */
      updatedAt: string
      /** Distinct reporters in the 15 minutes up to `updatedAt`. Not users affected. */
      observed: number
      /** What is usual in those 15 minutes. Its interval is in the time series of the service and region. */
      expected: number
      /** `observed` by `expected`, the latter held at 0.1 or more. */
      ratio: number
      /** Evidence against the baseline in decades: 3 is one chance in a thousand. */
      surprise: number
      /** Probability that this is no chance fluctuation, from the evidence. */
      confidence: number
      /** Largest `observed` so far, and when. */
      peak: {
        observed: number
        at: string
      }
      /** Reporters by error type since `onsetAt`. Of a region, types that fewer than three people named are left out. */
      errorTypes: Partial<
        Record<'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other', number>
      >
      /** Countries and subdivisions that carry the excess, largest share first. */
      regions: Array<{
        /** ISO 3166-1 country or ISO 3166-2 subdivision. */
        region: string
        share: number
      }>
      /** Where the excess sits: everywhere alike, in some regions, behind one network, or not to be told. */
      reach: 'worldwide' | 'regional' | 'network' | 'unclear'
      /** Part of the excess that comes from one network, whichever it is; `null` where it cannot be told. From 0.6 on, where the network usually has less than half of that, `reach` is `network`. */
      largestNetworkShare: number | null
      /** Distinct networks among the reporters since `onsetAt`. */
      networks: number
      /** The incident that this spike belongs to. */
      incidentId: string | null
      /** The spike of another service that explains this one. */
      spillOverOf: string | null
      /** Version of the method that told it. */
      methodVersion: string
      meta: Meta
    }
  }
  /** Incidents, newest first */
  listIncidents: {
    parameters: {
      /** Slug of a service. */
      service?: string
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
      status?: 'open' | 'resolved' | 'suspected' | 'all'
      /** RFC 3339. */
      since?: string
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
      /** Only these members of each item, parted by commas. */
      fields?: string
    }
    body: undefined
    answer: {
      items: Incident[]
      /** For `cursor`; `null` at the end. */
      nextCursor: string | null
      meta: Meta
    }
  }
  /** One incident, whole */
  getIncident: {
    parameters: {
      /** Id of an incident. */
      id: string
    }
    body: undefined
    answer: {
      id: string
      service: string
      status: 'suspected' | 'open' | 'resolved'
      class: 'outage' | 'spill-over' | 'dismissed'
      severity: 'minor' | 'major' | 'critical'
      onsetAt: string
      onsetInterval: {
        from: string
        to: string
      }
      openedAt: string
      confirmedAt: string | null
      /** When it was told that it is over. */
      resolvedAt: string | null
      /** Estimated end, as `onsetAt` is the estimated begin. */
      endedAt: string | null
      updatedAt: string
      reports: number
      okVotes: number
      peak: {
        observed: number
        expected: number
        at: string
      }
      /** Reporters by error type; an absent type counts as none. */
      errorTypes: Partial<
        Record<'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other', number>
      >
      /** Countries and subdivisions that carry the excess, largest share first. */
      regions: Array<{
        /** ISO 3166-1 country or ISO 3166-2 subdivision. */
        region: string
        share: number
      }>
      isWorldwide: boolean
      /** Where the excess sits: everywhere alike, in some regions, behind one network, or not to be told. */
      reach: 'worldwide' | 'regional' | 'network' | 'unclear'
      /** Part of the excess that comes from one network, whichever it is; `null` where it cannot be told. From 0.6 on, where the network usually has less than half of that, `reach` is `network`. */
      largestNetworkShare: number | null
      /** The incident of another service that explains this one. */
      spillOverOf: {
        incidentId: string
        service: string
        /** The numbers that say so; absent where an operator did. */
        evidence?: {
          excessRatio: number
          leadMs: number
          overlap: number
          likeness: number
          score: number
        }
      } | null
      /** Incidents of other services that belong to the same story. */
      related: Array<{
        incidentId: string
        service: string
        relation: 'depends-on' | 'carries' | 'rose-together'
      }>
      spikeIds: string[]
      methodVersion: string
      timeline: TimelineEntry[]
      providerUpdates: ProviderUpdate[]
      spikes: Spike[]
      meta: Meta
    }
  }
  /** How well the method keeps its promise */
  getMethod: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      methodVersion: string
      /** How far back was looked. */
      days: number
      /** Time that worldwide series were watched, in weeks. */
      seriesWeeks: number
      /** Estimated for a worldwide series; null before anything was watched. What was believed before weighs as much as 50 `seriesWeeks`: with fewer, this is mostly that belief. */
      falseAlarmsPerSeriesWeek: number | null
      /** Its 95 % interval, as far as peaks of evidence grow rarer like exp(-nats): see `peaks`. */
      falseAlarmsInterval: {
        lower: number
        upper: number
      } | null
      /** The rate that the method promises to stay below. */
      promisedPerSeriesWeek: number
      /** Evidence at which an alarm opens. */
      openAtNats: number
      /** Evidence at which the promise would be kept exactly. */
      calibratedOpenAtNats: number | null
      /** Calibration of the evidence: its peaks at or above each level of which no confirmed spike came, and how many the promise allows in the time watched, if they grow rarer like exp(-nats). */
      peaks: Array<{
        nats: number
        peaks: number
        promised: number
      }>
      /** Parts of the quarters of an hour that lay below, in and above their 95 % band. */
      bands: Array<{
        expectedFrom: number
        expectedUntil: number | null
        quarters: number
        below: number
        within: number
        above: number
      }>
      /** Worldwide spikes of these days, and what became of their incidents. */
      spikes: {
        opened: number
        confirmed: number
        dismissed: number
      }
      meta: Meta
    }
  }
  /** The event log */
  listEvents: {
    parameters: {
      /** Id of the last event seen; those after it are given. */
      cursor?: string
      /** Only these members of each item, parted by commas. */
      fields?: string
      /** Most items in the answer. */
      limit?: number
    }
    body: undefined
    answer: {
      items: Event[]
      /** Id of the last event given; the cursor that was asked for when there is none. */
      nextCursor: string
      meta: Meta
    }
  }
  /** The event log as it grows */
  streamEvents: {
    parameters: {
      /** Slugs of services; several parted by commas. */
      service?: string
      /** Countries or subdivisions; a country stands for its subdivisions too; several parted by commas. */
      region?: string
      /** Types of events; several parted by commas. */
      type?: string
      /** Severities of incidents; spikes have none and do not pass where this is given; several parted by commas. */
      severity?: string
      /** Id of the last event that you have; the stream goes on after it. `Last-Event-ID` wins over it. */
      cursor?: string
    }
    body: undefined
    answer: string
  }
  /** Where you seem to be */
  guessPlace: {
    parameters: {
      /** Language of the names. */
      language?: string
    }
    body: undefined
    answer: {
      country: string | null
      subdivision: string | null
      region: string | null
      name: string | null
      /** Code and name of each subdivision of the country. */
      regions: string[][]
    }
  }
  /** Say that it fails, or that it works */
  report: {
    parameters: Record<never, never>
    body: {
      /** Slug of a service. */
      service: string
      kind?: 'problem' | 'ok'
      errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
      region?: string | null
      feature?: string | null
      comment?: string | null
      observedAt?: string | null
    }
    answer: {
      id: string
      service: string
      region: string | null
      /** False when the same person had reported within half an hour. */
      counted?: boolean
      queued?: true
      reason?: 'duplicate'
      receivedAt: string
    }
  }
  /** Report for many people */
  reportBatch: {
    parameters: Record<never, never>
    body: {
      reports: PartnerReport[]
    }
    answer: {
      /** One for each report, in order. */
      items: Array<
        | {
            status: number
            id: string
            service: string
            region: string | null
            /** False when the same person had reported within half an hour. */
            counted?: boolean
            queued?: true
            reason?: 'duplicate'
            receivedAt: string
          }
        | Problem
      >
    }
  }
  /** Be told in the browser when it is over */
  subscribe: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: {
      /** Of the push service, as the browser gives it. */
      endpoint: string
      expirationTime?: number | null
      keys: {
        p256dh: string
        auth: string
      }
      language?: 'en' | 'de' | 'es' | 'fr' | 'pt' | 'ja' | 'ar'
    }
    answer: {
      service: string
      /** When it is forgotten, at the latest. */
      until: string
    }
  }
  /** Not be told after all */
  unsubscribe: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: {
      /** Of the push service, as the browser gives it. */
      endpoint: string
    }
    answer: undefined
  }
  /** Be told of events */
  createWebhook: {
    parameters: Record<never, never>
    body: {
      /** Where messages are posted to; a public http or https address. */
      url: string
      name?: string | null
      /** Which events to tell of; an event must pass every list that is not empty. */
      filter?: {
        services?: string[]
        /** Countries or subdivisions; a country stands for its subdivisions too. */
        regions?: string[]
        types?: Array<
          | 'spike.opened'
          | 'spike.updated'
          | 'spike.resolved'
          | 'spike.reclassified'
          | 'incident.opened'
          | 'incident.updated'
          | 'incident.resolved'
        >
        /** Of incidents; spikes have none and do not pass where this is given. */
        severities?: Array<'minor' | 'major' | 'critical'>
      }
    }
    answer: {
      id: string
      url: string
      name: string | null
      filter: {
        services: string[]
        regions: string[]
        types: Array<
          | 'spike.opened'
          | 'spike.updated'
          | 'spike.resolved'
          | 'spike.reclassified'
          | 'incident.opened'
          | 'incident.updated'
          | 'incident.resolved'
        >
        severities: Array<'minor' | 'major' | 'critical'>
      }
      /** `paused` failed for days or rests, `disabled` answered 410. Then nothing is put by: replay what it missed. */
      state: 'active' | 'paused' | 'disabled'
      stateReason: string | null
      failingSince: string | null
      createdAt: string
      updatedAt: string
      /** Signs messages by Standard Webhooks. Shown this once. */
      secret: string
    }
  }
  /** Your webhooks */
  listWebhooks: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      items: Webhook[]
      /** The list is whole. */
      nextCursor: null
    }
  }
  /** One webhook */
  getWebhook: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: undefined
    answer: Webhook
  }
  /** Change a webhook */
  changeWebhook: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: {
      /** Where messages are posted to; a public http or https address. */
      url?: string
      name?: string | null
      /** Which events to tell of; an event must pass every list that is not empty. */
      filter?: {
        services?: string[]
        /** Countries or subdivisions; a country stands for its subdivisions too. */
        regions?: string[]
        types?: Array<
          | 'spike.opened'
          | 'spike.updated'
          | 'spike.resolved'
          | 'spike.reclassified'
          | 'incident.opened'
          | 'incident.updated'
          | 'incident.resolved'
        >
        /** Of incidents; spikes have none and do not pass where this is given. */
        severities?: Array<'minor' | 'major' | 'critical'>
      }
      /** `active` starts a webhook anew that was paused or disabled; `paused` gives up what waits for it. */
      state?: 'active' | 'paused'
    }
    answer: Webhook
  }
  /** Be told no more */
  deleteWebhook: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: undefined
    answer: undefined
  }
  /** Send a test message */
  testWebhook: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: undefined
    answer: {
      messageId: string
    }
  }
  /** Change the secret */
  rotateWebhookSecret: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: undefined
    answer: {
      id: string
      /** Signs messages by Standard Webhooks. Shown this once. */
      secret: string
      /** Until then the old secret signs beside the new one. */
      previousUntil: string | null
      overlapHours: number
    }
  }
  /** What became of messages */
  listDeliveries: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
      state?: 'pending' | 'delivered' | 'failed'
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: Delivery[]
      nextCursor: string | null
    }
  }
  /** Deliver one message again */
  replayDelivery: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
      /** Id of an event. */
      messageId: string
    }
    body: undefined
    answer: {
      /** Messages put by for delivery. */
      replayed: number
    }
  }
  /** Deliver an interval again */
  replayInterval: {
    parameters: {
      /** Id of a webhook of yours. */
      id: string
    }
    body: {
      /** RFC 3339. */
      from: string
      /** RFC 3339. */
      to: string
    }
    answer: {
      /** Messages put by for delivery. */
      replayed: number
    }
  }
  /** What your key used */
  getUsage: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      key: Key
      remainingToday: number
      /** The last days of use (UTC), newest first. */
      days: Array<{
        day: string
        requests: number
        refused: number
        reports: number
      }>
    }
  }
  /** Issue a key */
  issueKey: {
    parameters: Record<never, never>
    body: {
      /** Who uses it, for what. */
      name: string
      scopes?: Array<'read' | 'webhooks' | 'report'>
      quota?: {
        perMinute?: number
        perDay?: number
      }
      /** Most that one report of this source weighs, as a part of a person’s own. */
      trust?: number
    }
    answer: {
      id: string
      /** Its first characters. */
      hint: string
      name: string
      scopes: Array<'read' | 'webhooks' | 'report'>
      quota: {
        perMinute: number
        perDay: number
      }
      trust: number
      createdAt: string
      lastUsedOn: string | null
      revokedAt: string | null
      /** Shown this once. */
      key: string
    }
  }
  /** All keys */
  listKeys: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      items: Key[]
      /** The list is whole. */
      nextCursor: null
    }
  }
  /** Revoke a key */
  revokeKey: {
    parameters: {
      /** Id of a key. */
      id: string
    }
    body: undefined
    answer: undefined
  }
  /** Freeze a state to be cited */
  takeSnapshot: {
    parameters: Record<never, never>
    body: {
      incident?: string
      /** Slug of a service. */
      service?: string
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
      /** RFC 3339. */
      from?: string
      /** RFC 3339. */
      to?: string
      step?: '1m' | '5m' | '15m' | '1h' | '1d'
      language?: 'en' | 'de' | 'es' | 'fr' | 'pt' | 'ja' | 'ar'
    }
    answer: {
      id: string
      /** Permanent; the content never changes. */
      url: string
      hash: {
        algorithm: 'SHA-256'
        canonicalization: 'RFC 8785'
        value: string
      }
      takenAt: string
    }
  }
  /** Enter what the provider said */
  addProviderUpdate: {
    parameters: {
      /** Id of an incident. */
      id: string
    }
    body: {
      status: 'investigating' | 'identified' | 'monitoring' | 'resolved'
      text: string
      /** RFC 3339. */
      at?: string
      sourceUrl?: string | null
      cause?: string | null
      workaround?: string | null
    }
    answer: Incident
  }
  /** Change the class of an incident */
  reclassifyIncident: {
    parameters: {
      /** Id of an incident. */
      id: string
    }
    body: {
      class: 'outage' | 'spill-over' | 'dismissed'
      spillOverOf?: string | null
      note?: string | null
    }
    answer: Incident
  }
  /** Add a note to an incident */
  annotateIncident: {
    parameters: {
      /** Id of an incident. */
      id: string
    }
    body: {
      text: string
    }
    answer: Incident
  }
  /** The catalogue */
  listKeptServices: {
    parameters: {
      /** Only those that people can report on, or only those that are retired. */
      isActive?: 'true' | 'false'
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: KeptService[]
      nextCursor: string | null
    }
  }
  /** One service of the catalogue */
  getKeptService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: KeptService
  }
  /** Add a service, or replace it whole */
  putService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: {
      /** That of the address, if it is there. */
      slug?: string
      name: string
      aliases?: string[]
      category:
        | 'mail-and-office'
        | 'messaging'
        | 'social'
        | 'carriers-and-broadband'
        | 'cloud-and-cdn'
        | 'developer-tools'
        | 'ai'
        | 'business-tools'
        | 'security-and-identity'
        | 'payments-and-banks'
        | 'shops'
        | 'food-and-delivery'
        | 'airlines-and-travel'
        | 'video'
        | 'music'
        | 'games'
        | 'devices-and-home'
        | 'news-and-knowledge'
        | 'education'
        | 'public-services'
        | 'other'
      homepage: string
      statusPage?: {
        url: string
        format:
          | 'atlassian-statuspage'
          | 'instatus'
          | 'better-stack'
          | 'status-io'
          | 'google'
          | 'aws'
          | 'azure-rss'
          | 'slack'
          | 'heroku'
          | 'apple'
          | 'rss'
          | 'html'
      } | null
      features?: string[]
      countries?: string[]
      dependsOn?: string[]
      isActive?: boolean
    }
    answer: KeptService
  }
  /** Change a service */
  changeService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: {
      name?: string
      aliases?: string[]
      category?:
        | 'mail-and-office'
        | 'messaging'
        | 'social'
        | 'carriers-and-broadband'
        | 'cloud-and-cdn'
        | 'developer-tools'
        | 'ai'
        | 'business-tools'
        | 'security-and-identity'
        | 'payments-and-banks'
        | 'shops'
        | 'food-and-delivery'
        | 'airlines-and-travel'
        | 'video'
        | 'music'
        | 'games'
        | 'devices-and-home'
        | 'news-and-knowledge'
        | 'education'
        | 'public-services'
        | 'other'
      homepage?: string
      statusPage?: {
        url: string
        format:
          | 'atlassian-statuspage'
          | 'instatus'
          | 'better-stack'
          | 'status-io'
          | 'google'
          | 'aws'
          | 'azure-rss'
          | 'slack'
          | 'heroku'
          | 'apple'
          | 'rss'
          | 'html'
      } | null
      features?: string[]
      countries?: string[]
      dependsOn?: string[]
      isActive?: boolean
    }
    answer: KeptService
  }
  /** Search the reports */
  searchReports: {
    parameters: {
      /** Slug of a service. */
      service?: string
      /** When the report came; a day before `to` unless told. */
      from?: string
      /** Not included; now unless told. */
      to?: string
      kind?: 'problem' | 'ok'
      errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
      /** Id of the key that a partner reported with. */
      source?: string
      /** `network` of a report: a name of the day for the network it came from. */
      network?: string
      /** Words that all stand in the comment, in any case. */
      query?: string
      /** Only those that are hidden, or only the others. */
      hidden?: 'true' | 'false'
      /** A CSV holds the whole window. */
      format?: 'json' | 'csv'
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: FoundReport[]
      /** A page may hold fewer than asked for and still go on. */
      nextCursor: string | null
    }
  }
  /** Hide reports */
  hideReports: {
    parameters: Record<never, never>
    body: {
      ids?: string[]
      filter?: {
        /** Slug of a service. */
        service: string
        /** RFC 3339. */
        from: string
        /** RFC 3339. */
        to: string
        kind?: 'problem' | 'ok'
        errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
        /** ISO 3166-2 subdivision or ISO 3166-1 country. */
        region?: string
        /** Id of the key that a partner reported with. */
        source?: string
        /** `network` of a report: a name of the day for the network it came from. */
        network?: string
        /** Words that all stand in the comment, in any case. */
        query?: string
      }
      /** Why; for the audit log. */
      note?: string | null
    }
    answer: {
      hidden: number
      services: string[]
      /** Ids of reports that are not kept, or not any more. */
      notFound: string[]
      /** Days whose archive was published before, and stays as it is. */
      publishedDays: string[]
      /** Incidents of that time. What they told stays; annotate or reclassify them. */
      incidents: string[]
    }
  }
  /** Show reports again */
  unhideReports: {
    parameters: Record<never, never>
    body: {
      ids?: string[]
      filter?: {
        /** Slug of a service. */
        service: string
        /** RFC 3339. */
        from: string
        /** RFC 3339. */
        to: string
        kind?: 'problem' | 'ok'
        errorType?: 'unavailable' | 'timeout' | 'login' | 'slow' | 'connection' | 'feature' | 'data' | 'other'
        /** ISO 3166-2 subdivision or ISO 3166-1 country. */
        region?: string
        /** Id of the key that a partner reported with. */
        source?: string
        /** `network` of a report: a name of the day for the network it came from. */
        network?: string
        /** Words that all stand in the comment, in any case. */
        query?: string
      }
      /** Why; for the audit log. */
      note?: string | null
    }
    answer: {
      unhidden: number
      services: string[]
      /** Ids of reports that are not kept, or not any more. */
      notFound: string[]
      /** Days whose archive was published before, and stays as it is. */
      publishedDays: string[]
      /** Incidents of that time. What they told stays; annotate or reclassify them. */
      incidents: string[]
    }
  }
  /** What operators did */
  readAuditLog: {
    parameters: {
      /** `admin` or `command line`. */
      actor?: string
      /** What was done, such as `service.changed` or `reports.hidden`. */
      action?: string
      /** To what: a slug, or the id of a key or an incident. */
      subject?: string
      /** RFC 3339. */
      from?: string
      /** Not included. */
      to?: string
      /** A CSV holds all that is asked for. */
      format?: 'json' | 'csv'
      /** Most items in the answer. */
      limit?: number
      /** `nextCursor` of the answer before. */
      cursor?: string
    }
    body: undefined
    answer: {
      items: AuditEntry[]
      nextCursor: string | null
    }
  }
  /** Incidents as Atom */
  getAtomFeed: {
    parameters: {
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
    }
    body: undefined
    answer: string
  }
  /** Incidents as JSON Feed */
  getJsonFeed: {
    parameters: {
      /** ISO 3166-2 subdivision or ISO 3166-1 country. */
      region?: string
    }
    body: undefined
    answer: {
      version: 'https://jsonfeed.org/version/1.1'
      title: string
      items: Array<{
        id: string
        [name: string]: unknown
      }>
      [name: string]: unknown
    }
  }
  /** Incidents of a service as Atom */
  getServiceAtomFeed: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: string
  }
  /** Incidents of a service as JSON Feed */
  getServiceJsonFeed: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      version: 'https://jsonfeed.org/version/1.1'
      title: string
      items: Array<{
        id: string
        [name: string]: unknown
      }>
      [name: string]: unknown
    }
  }
  /** Status summary of all services */
  getStatusSummary: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      status: {
        indicator: 'none' | 'minor' | 'major' | 'critical'
        description: string
        [name: string]: unknown
      }
      components: Array<{
        id: string
        /** `operational` also while more reports than usual are not confirmed. `under_maintenance` stands for what is not known, for which this format has no word: too little history, or nobody has watched for some minutes; `description` says which. */
        status: string
        [name: string]: unknown
      }>
      incidents: Array<{
        id: string
        [name: string]: unknown
      }>
      scheduled_maintenances: unknown[]
      [name: string]: unknown
    }
  }
  /** Status of all services */
  getStatus: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      status: {
        indicator: 'none' | 'minor' | 'major' | 'critical'
        description: string
        [name: string]: unknown
      }
      [name: string]: unknown
    }
  }
  /** Services of all services, as components */
  getStatusComponents: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      components: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Latest incidents of all services */
  getStatusIncidents: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      incidents: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Open incidents of all services */
  getStatusUnresolved: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      incidents: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Status summary of one service */
  getStatusSummaryOfService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      status: {
        indicator: 'none' | 'minor' | 'major' | 'critical'
        description: string
        [name: string]: unknown
      }
      components: Array<{
        id: string
        /** `operational` also while more reports than usual are not confirmed. `under_maintenance` stands for what is not known, for which this format has no word: too little history, or nobody has watched for some minutes; `description` says which. */
        status: string
        [name: string]: unknown
      }>
      incidents: Array<{
        id: string
        [name: string]: unknown
      }>
      scheduled_maintenances: unknown[]
      [name: string]: unknown
    }
  }
  /** Status of one service */
  getStatusOfService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      status: {
        indicator: 'none' | 'minor' | 'major' | 'critical'
        description: string
        [name: string]: unknown
      }
      [name: string]: unknown
    }
  }
  /** Services of one service, as components */
  getStatusComponentsOfService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      components: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Latest incidents of one service */
  getStatusIncidentsOfService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      incidents: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Open incidents of one service */
  getStatusUnresolvedOfService: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      page: {
        id: string
        name: string
        url: string
        updated_at: string
        [name: string]: unknown
      }
      incidents: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
  /** Unresolved spikes for Prometheus */
  getSpikesProm: {
    parameters: Record<never, never>
    body: undefined
    answer: string
  }
  /** A badge */
  getBadge: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: string
  }
  /** A badge for shields.io */
  getShieldsBadge: {
    parameters: {
      /** Slug of a service. */
      slug: string
    }
    body: undefined
    answer: {
      schemaVersion: 1
      label: string
      message: string
      color: string
      cacheSeconds: number
    }
  }
  /** Tools for assistants */
  callMcp: {
    parameters: Record<never, never>
    body: {
      jsonrpc: '2.0'
      method: string
      [name: string]: unknown
    }
    answer:
      | {
          jsonrpc: '2.0'
          [name: string]: unknown
        }
      | undefined
  }
  /** Whether the process answers */
  getHealth: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      status: string
    }
  }
  /** Whether the database answers */
  getReadiness: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      status: string
    }
  }
  /** Figures of the process for Prometheus */
  getMetrics: {
    parameters: Record<never, never>
    body: undefined
    answer: string
  }
  /** The columns of the CSV of timeseries */
  describeCsvOfTimeseries: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      tableSchema: Record<string, unknown>
      [name: string]: unknown
    }
  }
  /** The columns of the CSV of heatmap */
  describeCsvOfHeatmap: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      tableSchema: Record<string, unknown>
      [name: string]: unknown
    }
  }
  /** This document */
  getOpenapi: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      openapi: string
      [name: string]: unknown
    }
  }
  /** Where this API is described */
  getApiCatalog: {
    parameters: Record<never, never>
    body: undefined
    answer: {
      linkset: Array<Record<string, unknown>>
      [name: string]: unknown
    }
  }
}

/** Method and path of each call. */
export const ROUTES: { readonly [Id in keyof Calls]: readonly [method: string, path: string] } = {
  listServices: ['GET', '/v1/services'],
  getService: ['GET', '/v1/services/{slug}'],
  getTimeseries: ['GET', '/v1/services/{slug}/timeseries'],
  getBreakdown: ['GET', '/v1/services/{slug}/breakdown'],
  getHeatmap: ['GET', '/v1/heatmap'],
  listSpikes: ['GET', '/v1/spikes'],
  getSpike: ['GET', '/v1/spikes/{id}'],
  listIncidents: ['GET', '/v1/incidents'],
  getIncident: ['GET', '/v1/incidents/{id}'],
  getMethod: ['GET', '/v1/method'],
  listEvents: ['GET', '/v1/events'],
  streamEvents: ['GET', '/v1/spikes/stream'],
  guessPlace: ['GET', '/v1/where'],
  report: ['POST', '/v1/reports'],
  reportBatch: ['POST', '/v1/reports/batch'],
  subscribe: ['POST', '/v1/services/{slug}/subscriptions'],
  unsubscribe: ['DELETE', '/v1/services/{slug}/subscriptions'],
  createWebhook: ['POST', '/v1/webhooks'],
  listWebhooks: ['GET', '/v1/webhooks'],
  getWebhook: ['GET', '/v1/webhooks/{id}'],
  changeWebhook: ['PATCH', '/v1/webhooks/{id}'],
  deleteWebhook: ['DELETE', '/v1/webhooks/{id}'],
  testWebhook: ['POST', '/v1/webhooks/{id}/test'],
  rotateWebhookSecret: ['POST', '/v1/webhooks/{id}/rotate'],
  listDeliveries: ['GET', '/v1/webhooks/{id}/deliveries'],
  replayDelivery: ['POST', '/v1/webhooks/{id}/deliveries/{messageId}/replay'],
  replayInterval: ['POST', '/v1/webhooks/{id}/replay'],
  getUsage: ['GET', '/v1/usage'],
  issueKey: ['POST', '/v1/admin/keys'],
  listKeys: ['GET', '/v1/admin/keys'],
  revokeKey: ['DELETE', '/v1/admin/keys/{id}'],
  takeSnapshot: ['POST', '/v1/snapshots'],
  addProviderUpdate: ['POST', '/v1/admin/incidents/{id}/updates'],
  reclassifyIncident: ['POST', '/v1/admin/incidents/{id}/reclassify'],
  annotateIncident: ['POST', '/v1/admin/incidents/{id}/annotate'],
  listKeptServices: ['GET', '/v1/admin/services'],
  getKeptService: ['GET', '/v1/admin/services/{slug}'],
  putService: ['PUT', '/v1/admin/services/{slug}'],
  changeService: ['PATCH', '/v1/admin/services/{slug}'],
  searchReports: ['GET', '/v1/admin/reports'],
  hideReports: ['POST', '/v1/admin/reports/hide'],
  unhideReports: ['POST', '/v1/admin/reports/unhide'],
  readAuditLog: ['GET', '/v1/admin/audit-log'],
  getAtomFeed: ['GET', '/feed.atom'],
  getJsonFeed: ['GET', '/feed.json'],
  getServiceAtomFeed: ['GET', '/s/{slug}/feed.atom'],
  getServiceJsonFeed: ['GET', '/s/{slug}/feed.json'],
  getStatusSummary: ['GET', '/api/v2/summary.json'],
  getStatus: ['GET', '/api/v2/status.json'],
  getStatusComponents: ['GET', '/api/v2/components.json'],
  getStatusIncidents: ['GET', '/api/v2/incidents.json'],
  getStatusUnresolved: ['GET', '/api/v2/incidents/unresolved.json'],
  getStatusSummaryOfService: ['GET', '/s/{slug}/api/v2/summary.json'],
  getStatusOfService: ['GET', '/s/{slug}/api/v2/status.json'],
  getStatusComponentsOfService: ['GET', '/s/{slug}/api/v2/components.json'],
  getStatusIncidentsOfService: ['GET', '/s/{slug}/api/v2/incidents.json'],
  getStatusUnresolvedOfService: ['GET', '/s/{slug}/api/v2/incidents/unresolved.json'],
  getSpikesProm: ['GET', '/v1/spikes.prom'],
  getBadge: ['GET', '/badge/{slug}.svg'],
  getShieldsBadge: ['GET', '/badge/{slug}.json'],
  callMcp: ['POST', '/mcp'],
  getHealth: ['GET', '/healthz'],
  getReadiness: ['GET', '/readyz'],
  getMetrics: ['GET', '/metrics'],
  describeCsvOfTimeseries: ['GET', '/v1/timeseries.csv-metadata.json'],
  describeCsvOfHeatmap: ['GET', '/v1/heatmap.csv-metadata.json'],
  getOpenapi: ['GET', '/v1/openapi.json'],
  getApiCatalog: ['GET', '/.well-known/api-catalog'],
}

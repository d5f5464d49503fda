/** Examples of the document: the shape of real answers, about an invented outage. Tests hold them against the schemas. */

const meta = { asOf: '2026-01-31T12:05:00.000Z', freshnessSeconds: 8, methodVersion: '1' }

export const SERVICE_EXAMPLE = {
  slug: 'exchange-online',
  name: 'Exchange Online',
  aliases: ['outlook', 'office 365 mail'],
  category: 'mail-and-office',
  homepage: 'https://outlook.office.com',
  statusPage: null,
  features: ['send mail', 'receive mail', 'sign in'],
  countries: [],
  state: 'down',
  reportsLast15m: 214,
  okLast15m: 9,
  expectedLast15m: 6.4,
  incidentId: '01kg8x2v9m4t7zqa',
}

export const SPIKE_EXAMPLE = {
  id: '01kg8x2v7h0c3d5e',
  service: 'exchange-online',
  region: null,
  status: 'open',
  cause: 'volume',
  openedAt: '2026-01-31T11:52:03.000Z',
  onsetAt: '2026-01-31T11:50:00.000Z',
  resolvedAt: null,
  endedAt: null,
  updatedAt: '2026-01-31T12:05:00.000Z',
  observed: 214,
  expected: 6.4,
  ratio: 33.438,
  surprise: 118.2,
  confidence: 0.999999,
  peak: { observed: 214, at: '2026-01-31T12:05:00.000Z' },
  errorTypes: { login: 120, timeout: 61, feature: 33 },
  regions: [
    { region: 'US', share: 0.72 },
    { region: 'US-TX', share: 0.18 },
  ],
  reach: 'regional',
  largestNetworkShare: 0.07,
  networks: 171,
  incidentId: '01kg8x2v9m4t7zqa',
  spillOverOf: null,
  methodVersion: '1',
}

export const INCIDENT_EXAMPLE = {
  id: '01kg8x2v9m4t7zqa',
  service: 'exchange-online',
  status: 'open',
  class: 'outage',
  severity: 'major',
  onsetAt: '2026-01-31T11:50:00.000Z',
  onsetInterval: { from: '2026-01-31T11:48:00.000Z', to: '2026-01-31T11:51:00.000Z' },
  openedAt: '2026-01-31T11:52:03.000Z',
  confirmedAt: '2026-01-31T11:52:33.000Z',
  resolvedAt: null,
  endedAt: null,
  updatedAt: '2026-01-31T12:05:00.000Z',
  reports: 236,
  okVotes: 11,
  peak: { observed: 214, expected: 6.4, at: '2026-01-31T12:05:00.000Z' },
  errorTypes: { login: 131, timeout: 68, feature: 37 },
  regions: [{ region: 'US', share: 0.72 }],
  isWorldwide: true,
  reach: 'regional',
  largestNetworkShare: 0.07,
  spillOverOf: null,
  related: [],
  spikeIds: ['01kg8x2v7h0c3d5e'],
  methodVersion: '1',
}

export const EVENT_EXAMPLE = {
  id: '4711',
  type: 'spike.opened',
  at: '2026-01-31T11:52:03.000Z',
  service: 'exchange-online',
  region: null,
  data: SPIKE_EXAMPLE,
}

export const listExample = (item: unknown) => ({ items: [item], nextCursor: null, meta })
export const detailExample = (item: object) => ({ ...item, meta })
export const EVENT_LIST_EXAMPLE = { items: [EVENT_EXAMPLE], nextCursor: '4711', meta }

export const INCIDENT_DETAIL_EXAMPLE = {
  ...INCIDENT_EXAMPLE,
  timeline: [{ at: '2026-01-31T11:52:03.000Z', kind: 'opened', data: { severity: 'minor' } }],
  providerUpdates: [
    {
      at: '2026-01-31T12:03:00.000Z',
      status: 'investigating',
      text: 'We are looking into failing sign-ins.',
      sourceUrl: 'https://status.cloud.microsoft',
      cause: null,
      workaround: null,
    },
  ],
  spikes: [SPIKE_EXAMPLE],
  meta: { ...meta, sampleSize: 236 },
}

export const TIMESERIES_EXAMPLE = {
  service: 'exchange-online',
  region: null,
  errorType: null,
  from: '2026-01-31T11:45:00.000Z',
  to: '2026-01-31T11:50:00.000Z',
  step: '5m',
  points: [{ t: '2026-01-31T11:45:00.000Z', count: 3, expected: 2.1, lower: 0, upper: 6, ok: 0, late: 0 }],
  meta: { ...meta, sampleSize: 3, suppressedCells: 0 },
}

export const BREAKDOWN_EXAMPLE = {
  service: 'exchange-online',
  from: '2026-01-30T12:05:00.000Z',
  to: '2026-01-31T12:05:00.000Z',
  problems: 236,
  ok: 11,
  errorTypes: [{ errorType: 'login', count: 131, share: 0.555 }],
  features: [{ feature: 'receive mail', count: 37, share: 0.157 }],
  regions: [{ region: 'US', count: 170, share: 0.72 }],
  unplaced: 12,
  affected: { share: 0.955, lower: 0.922, upper: 0.975, voters: 247 },
  meta: { ...meta, sampleSize: 247, suppressedCells: 0 },
}

const cell = {
  region: 'US',
  name: 'United States',
  count: 170,
  expected: 4.2,
  ratio: 40.476,
  perMillion: 0.5,
  state: 'high',
  suppressed: false,
}

export const HEATMAP_EXAMPLE = {
  service: 'exchange-online',
  level: 'country',
  country: null,
  from: '2026-01-31T11:05:00.000Z',
  to: '2026-01-31T12:05:00.000Z',
  regions: [cell],
  meta: { ...meta, sampleSize: 236, suppressedCells: 2 },
}

export const HEATMAP_GEOJSON_EXAMPLE = {
  type: 'FeatureCollection',
  features: [{ type: 'Feature', id: 'US', geometry: { type: 'Point', coordinates: [-97.4, 39.5] }, properties: cell }],
  meta: { ...meta, sampleSize: 236, suppressedCells: 2 },
}

export const REPORT_EXAMPLE = {
  id: '5b0d2d7c-8a9f-4c58-9d7b-6f1f9a2f6c11',
  service: 'exchange-online',
  region: 'US-TX',
  counted: true,
  receivedAt: '2026-01-31T12:05:00.000Z',
}

export const KEY_EXAMPLE = {
  id: 'key_2b1f8c0de9a74f5c8a10',
  hint: 'outcry_live_3kX9…',
  name: 'Status wall',
  scopes: ['read', 'webhooks'],
  quota: { perMinute: 6000, perDay: 1000000 },
  trust: 0.5,
  createdAt: '2026-01-31T12:05:00.000Z',
  lastUsedOn: null,
  revokedAt: null,
}

export const WEBHOOK_EXAMPLE = {
  id: 'wh_7c1e0a9d3b5f4e2d8c60',
  url: 'https://hooks.example.org/outcry',
  name: 'Status wall',
  filter: {
    services: ['exchange-online'],
    regions: ['US'],
    types: ['incident.opened', 'incident.resolved'],
    severities: [],
  },
  state: 'active',
  stateReason: null,
  failingSince: null,
  createdAt: '2026-01-31T12:05:00.000Z',
  updatedAt: '2026-01-31T12:05:00.000Z',
}

export const SECRET_EXAMPLE = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo='

export const DELIVERY_EXAMPLE = {
  messageId: '4711',
  type: 'incident.opened',
  state: 'delivered',
  createdAt: '2026-01-31T11:52:03.000Z',
  dueAt: null,
  settledAt: '2026-01-31T11:52:04.000Z',
  attempts: [{ at: '2026-01-31T11:52:03.900Z', status: 204, failure: null, durationMs: 81 }],
}

export const METHOD_EXAMPLE = {
  methodVersion: '1',
  days: 28,
  seriesWeeks: 216,
  falseAlarmsPerSeriesWeek: 0.012,
  falseAlarmsInterval: { lower: 0.0111, upper: 0.0129 },
  promisedPerSeriesWeek: 0.02,
  openAtNats: 12,
  calibratedOpenAtNats: 11.5,
  peaks: [{ nats: 6, peaks: 41, promised: 1_742.8 }],
  bands: [{ expectedFrom: 1, expectedUntil: 10, quarters: 3_120, below: 0.01, within: 0.96, above: 0.03 }],
  spikes: { opened: 9, confirmed: 7, dismissed: 0 },
  meta: { ...meta, freshnessSeconds: 3_600 },
}

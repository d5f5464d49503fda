import { z } from 'zod'

/** What an assistant must say with any figure from here. */
export const CAVEATS = `Figures are reports that people sent to Outcry in the last minutes, not users affected and not the provider's word. \
"down" means that reports stand far above what is usual for the service at this hour of the week, with enough different networks; \
"suspected" is not confirmed: do not call it an outage. "unknown" means too little history, not that all is well. \
A count of null is kept back: fewer than three people reported from there, or nobody. Say as of when (meta.asOf) and that the source is Outcry.`

export interface Tool<Input extends z.ZodRawShape = z.ZodRawShape> {
  name: string
  title: string
  description: string
  input: Input
  /** The read of the API that answers it. */
  path(input: Record<string, unknown>): string
}

const Slug = z.string().min(1).max(64).describe('Slug of a service, such as exchange-online; search_services finds it.')
const Region = z.string().max(12).describe('ISO 3166-1 country (US) or ISO 3166-2 subdivision (US-TX).')

/** Each tool is one read of the API, so that limits, validation and caveats are the same for everybody. */
export const TOOLS: readonly Tool[] = [
  {
    name: 'search_services',
    title: 'Search services',
    description:
      'Finds services by name or alias, forgiving slips, with their state now and reports in the last 15 minutes.',
    input: {
      query: z.string().min(1).max(100).optional().describe('What somebody calls the service.'),
      state: z.enum(['ok', 'suspected', 'down', 'unknown']).optional().describe('Only services in this state.'),
      limit: z.number().int().min(1).max(50).default(10),
    },
    path: (input) => `/v1/services${queryOf(input)}`,
  },
  {
    name: 'get_service_status',
    title: 'Is it down?',
    description:
      'How one service stands now: state, reports in the last 15 minutes and what is usual, its open incident if any.',
    input: { service: Slug },
    path: ({ service }) => `/v1/services/${encodeURIComponent(String(service))}`,
  },
  {
    name: 'list_spikes',
    title: 'Spikes of reports',
    description:
      'Spikes, newest first: where and when reports stood above what is usual, with evidence and confidence.',
    input: {
      service: Slug.optional(),
      region: Region.optional(),
      status: z.enum(['open', 'resolved', 'suspected', 'all']).default('open'),
      limit: z.number().int().min(1).max(50).default(20),
    },
    path: (input) => `/v1/spikes${queryOf(input)}`,
  },
  {
    name: 'list_incidents',
    title: 'Incidents',
    description:
      'Incidents, newest first: concurrent spikes of a service told as one story, with severity and regions.',
    input: {
      service: Slug.optional(),
      region: Region.optional(),
      status: z.enum(['open', 'resolved', 'suspected', 'all']).default('all'),
      limit: z.number().int().min(1).max(50).default(10),
    },
    path: (input) => `/v1/incidents${queryOf(input)}`,
  },
  {
    name: 'get_incident',
    title: 'One incident',
    description: 'An incident whole: timeline, spikes, what the provider said, and what it spilled over from.',
    input: { id: z.string().min(1).max(64).describe('Id of an incident.') },
    path: ({ id }) => `/v1/incidents/${encodeURIComponent(String(id))}`,
  },
  {
    name: 'get_timeseries',
    title: 'Reports over time',
    description:
      'Reports of a service over time beside what is usual and its 95 % band. The last day in steps of 15 minutes unless told.',
    input: {
      service: Slug,
      from: z.string().optional().describe('RFC 3339, such as 2026-01-31T12:00:00Z.'),
      to: z.string().optional(),
      step: z.enum(['1m', '5m', '15m', '1h', '1d']).default('15m'),
      region: Region.optional(),
    },
    path: ({ service, ...query }) => `/v1/services/${encodeURIComponent(String(service))}/timeseries${queryOf(query)}`,
  },
  {
    name: 'get_breakdown',
    title: 'What fails, and where',
    description: 'Shares of the reports of a service by error type, feature and region.',
    input: { service: Slug, window: z.enum(['15m', '1h', '24h', '7d']).default('24h') },
    path: ({ service, ...query }) => `/v1/services/${encodeURIComponent(String(service))}/breakdown${queryOf(query)}`,
  },
]

function queryOf(input: Record<string, unknown>): string {
  const query = new URLSearchParams(
    Object.entries(input).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as [string, string]],
    ),
  )
  return query.size === 0 ? '' : `?${query}`
}

import { z } from 'zod'
import { FeedQuery } from '../feed/routes.ts'
import { json, type Operation, text } from './operation.ts'

const SLUG = { slug: { description: 'Slug of a service.', example: 'exchange-online' } }

const JsonFeed = z
  .looseObject({
    version: z.literal('https://jsonfeed.org/version/1.1'),
    title: z.string(),
    items: z.array(z.looseObject({ id: z.string() })),
  })
  .meta({ description: 'JSON Feed 1.1.' })

const status = z.looseObject({ indicator: z.enum(['none', 'minor', 'major', 'critical']), description: z.string() })
const page = z.looseObject({ id: z.string(), name: z.string(), url: z.string(), updated_at: z.string() })

const StatusSummary = z
  .looseObject({
    page,
    status,
    components: z.array(
      z.looseObject({
        id: z.string(),
        status: z.string().meta({
          description:
            '`operational` also while more reports than usual are not confirmed. `under_maintenance` stands for what is not known, for which this format has no word: too little history, or nobody has watched for some minutes; `description` says which.',
        }),
      }),
    ),
    incidents: z.array(z.looseObject({ id: z.string() })),
    scheduled_maintenances: z.array(z.unknown()),
  })
  .meta({ description: 'In the shape of Atlassian Statuspage.' })

const Shields = z.strictObject({
  schemaVersion: z.literal(1),
  label: z.string(),
  message: z.string(),
  color: z.string(),
  cacheSeconds: z.int(),
})

/** All that can be wrong with a call that takes nothing. */
const NOT_HTTP = { 400: { description: 'Not a request of HTTP.' } }

const Health = z.strictObject({ status: z.string() })

const read = { method: 'get', isRead: true } as const
const atom = { 200: { description: 'An Atom feed.', content: text('application/atom+xml') } }
const jsonFeed = { 200: { description: 'A JSON Feed.', content: { 'application/feed+json': { schema: JsonFeed } } } }
const CROWD = 'Counted from what people report: the page name and every description say so.'

const statusCalls = (prefix: '' | '/s/{slug}', of: string, suffix: string): Operation[] => {
  const shared = { ...read, tag: 'Feeds', ...(prefix === '' ? {} : { pathParameters: SLUG, problems: [404] }) } as const
  return [
    {
      ...shared,
      id: `getStatusSummary${suffix}`,
      path: `${prefix}/api/v2/summary.json`,
      summary: `Status summary of ${of}`,
      description: `For clients of status pages of the Atlassian kind. ${CROWD}`,
      answers: { 200: { description: 'The summary.', content: json(StatusSummary) } },
    },
    {
      ...shared,
      id: `getStatus${suffix}`,
      path: `${prefix}/api/v2/status.json`,
      summary: `Status of ${of}`,
      description: `Its indicator alone. ${CROWD}`,
      answers: { 200: { description: 'The indicator.', content: json(z.looseObject({ page, status })) } },
    },
    {
      ...shared,
      id: `getStatusComponents${suffix}`,
      path: `${prefix}/api/v2/components.json`,
      summary: `Services of ${of}, as components`,
      description: `Among all services those without history are left out: nothing is known of them. Asked for by name, one is \`under_maintenance\` while nothing is known of it, as this format has no word for that. ${CROWD}`,
      answers: {
        200: {
          description: 'The components.',
          content: json(z.looseObject({ page, components: z.array(z.looseObject({})) })),
        },
      },
    },
    {
      ...shared,
      id: `getStatusIncidents${suffix}`,
      path: `${prefix}/api/v2/incidents.json`,
      summary: `Latest incidents of ${of}`,
      description: `The last 50, confirmed ones only. ${CROWD}`,
      answers: {
        200: {
          description: 'The incidents.',
          content: json(z.looseObject({ page, incidents: z.array(z.looseObject({})) })),
        },
      },
    },
    {
      ...shared,
      id: `getStatusUnresolved${suffix}`,
      path: `${prefix}/api/v2/incidents/unresolved.json`,
      summary: `Open incidents of ${of}`,
      description: `Those that go on. ${CROWD}`,
      answers: {
        200: {
          description: 'The incidents.',
          content: json(z.looseObject({ page, incidents: z.array(z.looseObject({})) })),
        },
      },
    },
  ]
}

/** Forms for programs that know nothing of Outcry, and what tells of the instance itself. */
export const FEED_OPERATIONS: readonly Operation[] = [
  {
    ...read,
    id: 'getAtomFeed',
    path: '/feed.atom',
    tag: 'Feeds',
    summary: 'Incidents as Atom',
    description: 'Confirmed incidents of all services, or of one region.',
    query: FeedQuery,
    answers: atom,
  },
  {
    ...read,
    id: 'getJsonFeed',
    path: '/feed.json',
    tag: 'Feeds',
    summary: 'Incidents as JSON Feed',
    description: 'Confirmed incidents of all services, or of one region.',
    query: FeedQuery,
    answers: jsonFeed,
  },
  {
    ...read,
    id: 'getServiceAtomFeed',
    path: '/s/{slug}/feed.atom',
    tag: 'Feeds',
    summary: 'Incidents of a service as Atom',
    description: 'Confirmed incidents of one service.',
    pathParameters: SLUG,
    answers: atom,
    problems: [404],
  },
  {
    ...read,
    id: 'getServiceJsonFeed',
    path: '/s/{slug}/feed.json',
    tag: 'Feeds',
    summary: 'Incidents of a service as JSON Feed',
    description: 'Confirmed incidents of one service.',
    pathParameters: SLUG,
    answers: jsonFeed,
    problems: [404],
  },
  ...statusCalls('', 'all services', ''),
  ...statusCalls('/s/{slug}', 'one service', 'OfService'),
  {
    ...read,
    id: 'getSpikesProm',
    path: '/v1/spikes.prom',
    tag: 'Feeds',
    summary: 'Unresolved spikes for Prometheus',
    description: 'One gauge a figure, with a line for each spike. The figures of the process itself are at `/metrics`.',
    answers: {
      200: {
        description: 'Prometheus’ text format.',
        content: text(
          'text/plain',
          'outcry_spike_observed_reporters{service="exchange-online",region="world",status="open"} 214\n',
        ),
      },
    },
  },
  {
    ...read,
    id: 'getBadge',
    path: '/badge/{slug}.svg',
    tag: 'Feeds',
    summary: 'A badge',
    description: 'The state of a service as a picture of 20 pixels height.',
    pathParameters: SLUG,
    answers: { 200: { description: 'The badge.', content: text('image/svg+xml') } },
    problems: [404],
  },
  {
    ...read,
    id: 'getShieldsBadge',
    path: '/badge/{slug}.json',
    tag: 'Feeds',
    summary: 'A badge for shields.io',
    description: 'In the shape of its endpoint badges.',
    pathParameters: SLUG,
    answers: {
      200: {
        description: 'The badge.',
        content: json(Shields, {
          schemaVersion: 1,
          label: 'Exchange Online',
          message: 'outage reported',
          color: 'red',
          cacheSeconds: 60,
        }),
      },
    },
    problems: [404],
  },
  {
    id: 'callMcp',
    method: 'post',
    path: '/mcp',
    tag: 'Events',
    summary: 'Tools for assistants',
    description:
      'The Model Context Protocol over streamable HTTP, without sessions: search services, current state, spikes, incidents, time series, with the same limits and caveats as the API.',
    body: json(z.looseObject({ jsonrpc: z.literal('2.0'), method: z.string() }), {
      jsonrpc: '2.0',
      id: 1,
      method: 'ping',
    }),
    requestHeaders: {
      Accept: { description: 'Both types that the protocol asks for.', example: 'application/json, text/event-stream' },
    },
    answers: {
      200: {
        description: 'The answer of JSON-RPC.',
        content: json(z.looseObject({ jsonrpc: z.literal('2.0') }), { jsonrpc: '2.0', id: 1, result: {} }),
      },
      202: { description: 'A notification was taken.' },
    },
    problems: [405, 406, 415],
  },
  {
    id: 'getHealth',
    method: 'get',
    path: '/healthz',
    tag: 'Instance',
    summary: 'Whether the process answers',
    description: 'Looks at nothing else.',
    answers: { 200: { description: 'It does.', content: json(Health, { status: 'ok' }) }, ...NOT_HTTP },
    isUnlimited: true,
  },
  {
    id: 'getReadiness',
    method: 'get',
    path: '/readyz',
    tag: 'Instance',
    summary: 'Whether the database answers',
    description: 'For load balancers.',
    answers: {
      200: { description: 'It does.', content: json(Health, { status: 'ready' }) },
      503: { description: 'It does not.', content: json(Health, { status: 'database unreachable' }) },
      ...NOT_HTTP,
    },
    isUnlimited: true,
  },
  {
    id: 'getMetrics',
    method: 'get',
    path: '/metrics',
    tag: 'Instance',
    summary: 'Figures of the process for Prometheus',
    description: 'What this process counted since its start.',
    answers: { 200: { description: 'Prometheus’ text format.', content: text('text/plain') }, ...NOT_HTTP },
    isUnlimited: true,
  },
  ...['timeseries', 'heatmap'].map(
    (name): Operation => ({
      ...read,
      id: `describeCsvOf${name[0]!.toUpperCase()}${name.slice(1)}`,
      path: `/v1/${name}.csv-metadata.json`,
      tag: 'Instance',
      summary: `The columns of the CSV of ${name}`,
      description: 'By CSV on the Web; the CSV links to it as `describedby`.',
      answers: {
        200: {
          description: 'The columns with their units.',
          content: { 'application/csvm+json': { schema: z.looseObject({ tableSchema: z.looseObject({}) }) } },
        },
      },
    }),
  ),
  {
    id: 'getOpenapi',
    method: 'get',
    path: '/v1/openapi.json',
    tag: 'Instance',
    summary: 'This document',
    description: 'OpenAPI 3.1, made from the schemas that validate.',
    answers: { 200: { description: 'The document.', content: json(z.looseObject({ openapi: z.string() })) } },
    isRead: true,
  },
  {
    id: 'getApiCatalog',
    method: 'get',
    path: '/.well-known/api-catalog',
    tag: 'Instance',
    summary: 'Where this API is described',
    description: 'A link set by RFC 9727.',
    answers: {
      200: {
        description: 'The links.',
        content: { 'application/linkset+json': { schema: z.looseObject({ linkset: z.array(z.looseObject({})) }) } },
      },
    },
    isRead: true,
  },
]

import type { z } from 'zod'
import { EVENT_TYPES } from '../alert/event.ts'
import { LIMITS } from '../http/limits.ts'
import { PartnerReport } from '../report/partner-routes.ts'
import { ADMIN_OPERATIONS } from './admin-operations.ts'
import * as admin from './admin-schemas.ts'
import { EVENT_EXAMPLE } from './examples.ts'
import { FEED_OPERATIONS } from './feed-operations.ts'
import type { Json, JsonObject } from './json.ts'
import type { Content, Operation, Tag } from './operation.ts'
import { PROGRAM_OPERATIONS } from './program-operations.ts'
import * as program from './program-schemas.ts'
import { RECORD_OPERATIONS } from './record-operations.ts'
import { SchemaWriter } from './schema-writer.ts'
import { STATE_OPERATIONS } from './state-operations.ts'
import * as state from './state-schemas.ts'

export const OPERATIONS: readonly Operation[] = [
  ...STATE_OPERATIONS,
  ...PROGRAM_OPERATIONS,
  ...RECORD_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...FEED_OPERATIONS,
]

export const TAGS: Record<Tag, string> = {
  State: 'How services stand, over time and on the map. Free and without a key.',
  Events: 'What happens: as a log, as a stream, and for assistants.',
  Reports: 'What people say.',
  Webhooks: 'Events posted to you, signed by Standard Webhooks. Needs a key with the scope `webhooks`.',
  Feeds: 'Other forms of the same: feeds, status pages, badges, Prometheus.',
  Record: 'What is kept to be cited, and, for the operator, what is added to it.',
  Keys: 'What a key used; and, for the operator, the keys.',
  Administration: 'For the operator: the catalogue, the reports, and what was done.',
  Instance: 'This instance itself.',
}

const DESCRIPTION = `The open "is it down?" service: what people report, spikes against each service's own normal, and where.

**What figures mean.** Reports are not users affected, and not the provider's word. \`down\` is confirmed, \`suspected\` is not, \`unknown\` means too little history, or that nobody has watched for some minutes: it is no all-clear. Counts below three people are \`null\`. Every answer about the state of the world says in \`meta\` as of when it is, how many reports are behind it, and by which version of the method.

**Limits.** Reading is free and needs no key: ${LIMITS.read.points} requests a minute that the cache cannot answer. A key (\`Authorization: Bearer outcry_live_…\`, never in the address) has its own quota a minute and a day. \`RateLimit-Policy\` and \`RateLimit\` tell how it stands, 429 says in \`Retry-After\` when to come back.

**Being gentle.** Every read has an \`ETag\`: send it as \`If-None-Match\` and an unchanged answer costs you 304 and no body. Better still, follow the stream or register a webhook.

**Names and times.** Times are RFC 3339 in UTC, intervals are half open, unknown parameters and fields are refused. Errors are \`application/problem+json\` (RFC 9457) with a stable \`type\`. What is to go is announced by \`Deprecation\` and \`Sunset\` fields at least 180 days ahead; fields may be added at any time.`

const PROBLEMS: Record<number, [name: string, description: string]> = {
  400: ['InvalidRequest', 'Something in the request is wrong; `errors` names each field.'],
  401: ['Unauthorized', 'A key is needed, or the one shown is not in force.'],
  403: ['Forbidden', 'This key has not the scope for it.'],
  404: ['NotFound', 'There is no such thing; `didYouMean` may name what was meant.'],
  405: ['MethodNotAllowed', 'Another method works here; see `Allow`.'],
  406: ['NotAcceptable', 'The answer comes in a type that the request does not accept.'],
  409: ['Conflict', 'It cannot be done in the present state.'],
  413: ['PayloadTooLarge', 'The body is too large.'],
  415: ['UnsupportedMediaType', 'The content type is not understood.'],
  422: ['IdempotencyKeyReused', 'The Idempotency-Key belongs to another request.'],
  429: ['TooManyRequests', 'A quota is used up; `violated-policies` names it.'],
  503: ['Overloaded', 'Too busy now; come back after `Retry-After` seconds.'],
}

const HEADERS: Record<string, JsonObject> = {
  ETag: { description: 'Strong validator of the answer.', schema: { type: 'string' }, example: '"3hdruoPHjw-6S0q-"' },
  'Cache-Control': {
    description: 'For how long a cache may keep the answer, also while it is renewed or we are away.',
    schema: { type: 'string' },
    example: 'public, max-age=5, s-maxage=10, stale-while-revalidate=60, stale-if-error=600',
  },
  RateLimit: {
    description: 'What is left of each quota, and for how many seconds.',
    schema: { type: 'string' },
    example: '"read";r=1199;t=60',
  },
  'RateLimit-Policy': {
    description: 'The quotas, each a number of requests in a window of seconds.',
    schema: { type: 'string' },
    example: '"read";q=1200;w=60',
  },
  'Retry-After': {
    description: 'Seconds after which it is worth trying again.',
    schema: { type: 'integer' },
    example: 30,
  },
  Link: {
    description: 'The next page, by RFC 8288.',
    schema: { type: 'string' },
    example: '</v1/spikes?cursor=abc>; rel="next"',
  },
  Location: {
    description: 'Where the new thing is.',
    schema: { type: 'string' },
    example: '/v1/webhooks/wh_7c1e0a9d3b5f4e2d8c60',
  },
}

/** Schemas that have a name in the document; whatever else is asked for is written out where it stands. */
const NAMED: Record<string, z.ZodType> = {
  Meta: state.Meta,
  Service: state.Service,
  Spike: state.Spike,
  Incident: state.Incident,
  TimelineEntry: state.TimelineEntry,
  ProviderUpdate: state.ProviderUpdate,
  Event: state.Event,
  PartnerReport,
  Problem: program.Problem,
  Key: program.Key,
  Webhook: program.Webhook,
  Delivery: program.Delivery,
  WebhookMessage: program.WebhookMessage,
  KeptService: admin.KeptService,
  FoundReport: admin.FoundReport,
  AuditEntry: admin.AuditEntry,
}

/** The whole document, for an instance that is reached at this origin. */
export function buildDocument(origin: string, version: string): JsonObject {
  const writer = new SchemaWriter(NAMED, OPERATIONS)
  const paths: Record<string, JsonObject> = {}
  for (const operation of OPERATIONS) {
    const path = paths[operation.path] ?? {}
    path[operation.method] = operationObject(operation, writer)
    paths[operation.path] = path
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Outcry',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'The operator of this instance', url: `${origin}/about` },
    },
    servers: [{ url: origin, description: 'This instance.' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    security: [{}],
    paths,
    webhooks: Object.fromEntries(EVENT_TYPES.map((type) => [type, webhookObject(type)])),
    components: {
      schemas: writer.named(),
      responses: Object.fromEntries(
        Object.entries(PROBLEMS).map(([status, problem]) => [problem[0], problemResponse(Number(status), problem)]),
      ),
      headers: HEADERS,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', bearerFormat: 'outcry_live_…', description: 'A key of this instance.' },
        admin: { type: 'http', scheme: 'bearer', description: 'ADMIN_KEY of this instance.' },
      },
    },
  }
}

function operationObject(operation: Operation, writer: SchemaWriter): JsonObject {
  const { id, tag, summary, description, access, body, isRead } = operation
  const problems = new Set([...(operation.problems ?? []), ...(operation.isUnlimited ? [] : [429])])
  if (operation.query || body || operation.pathParameters || operation.requestHeaders) problems.add(400)
  if (access) problems.add(401)
  if (access && access !== 'any-key' && access !== 'admin') problems.add(403)
  if (isRead) for (const status of [400, 401, 403, 503]) problems.add(status)
  const answers = Object.entries(operation.answers).map(([status, { description, content, headers = [] }]) => {
    const names = [
      ...headers,
      ...(isRead && status === '200' ? ['ETag', 'Cache-Control', 'RateLimit', 'RateLimit-Policy'] : []),
    ]
    return [
      status,
      {
        description,
        ...(names.length === 0
          ? {}
          : { headers: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }])) }),
        ...(content === undefined ? {} : { content: contentObject(content, writer) }),
      },
    ] as const
  })
  const parameters = parametersOf(operation, writer)
  return {
    operationId: id,
    tags: [tag],
    summary,
    description,
    ...(access === undefined
      ? isRead || id === 'streamEvents' || id === 'callMcp'
        ? { security: [{}, { key: [] }] }
        : {}
      : { security: [access === 'admin' ? { admin: [] } : { key: [] }] }),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentObject(body, writer) } }),
    responses: Object.fromEntries([
      ...answers,
      ...(isRead ? [['304', { description: 'Unchanged since the ETag that was sent.' }] as const] : []),
      ...[...problems]
        .sort((a, b) => a - b)
        .map((status) => [String(status), { $ref: `#/components/responses/${PROBLEMS[status]![0]}` }] as const),
    ]),
  }
}

function parametersOf(
  { pathParameters = {}, query, requestHeaders = {} }: Operation,
  writer: SchemaWriter,
): JsonObject[] {
  const inPath = Object.entries(pathParameters).map(([name, { description, example }]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
    example,
  }))
  const { properties = {}, required = [] } = (query ? writer.write(query) : {}) as {
    properties?: Record<string, JsonObject>
    required?: string[]
  }
  const inQuery = Object.entries(properties).map(([name, { description, examples, ...schema }]) => ({
    name,
    in: 'query',
    ...(required.includes(name) ? { required: true } : {}),
    ...(description === undefined ? {} : { description }),
    schema,
    ...(Array.isArray(examples) && examples[0] !== undefined ? { example: examples[0] } : {}),
  }))
  const inHeader = Object.entries(requestHeaders)
    // OpenAPI describes this one by the content types of the answers.
    .filter(([name]) => name !== 'Accept')
    .map(([name, { description, example }]) => ({
      name,
      in: 'header',
      description,
      schema: { type: 'string' },
      example,
    }))
  return [...inPath, ...inQuery, ...inHeader]
}

function contentObject(content: Record<string, Content>, writer: SchemaWriter): JsonObject {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema, example }]) => [
      type,
      {
        schema: schema === null ? { type: 'string' } : writer.write(schema),
        ...(example === undefined ? {} : { example: example as Json }),
      },
    ]),
  )
}

function problemResponse(status: number, [name, description]: [string, string]): JsonObject {
  const headers =
    status === 429 ? ['Retry-After', 'RateLimit', 'RateLimit-Policy'] : status === 503 ? ['Retry-After'] : []
  const type =
    status === 429
      ? 'https://iana.org/assignments/http-problem-types#quota-exceeded'
      : `urn:outcry:problem:${kebab(name)}`
  return {
    description,
    ...(headers.length === 0
      ? {}
      : { headers: Object.fromEntries(headers.map((header) => [header, { $ref: `#/components/headers/${header}` }])) }),
    content: {
      'application/problem+json': {
        schema: { $ref: '#/components/schemas/Problem' },
        example: { type, title: description.split(/[;.]/)[0]!, status, detail: description },
      },
    },
  }
}

const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, (letter) => `-${letter}`).toLowerCase()

function webhookObject(type: string): JsonObject {
  const header = (name: string, description: string, example: string) => ({
    name,
    in: 'header',
    required: true,
    description,
    schema: { type: 'string' },
    example,
  })
  return {
    post: {
      operationId: `on-${type.replace('.', '-')}`,
      tags: ['Webhooks'],
      summary: `${type} is posted to you`,
      description: 'Verify the signature, keep the id to know repetitions, answer with 2xx at once, and work later.',
      parameters: [
        header('webhook-id', 'Id of the event; the same at each attempt.', EVENT_EXAMPLE.id),
        header('webhook-timestamp', 'Seconds since the epoch, of this attempt.', '1769860323'),
        header(
          'webhook-signature',
          'One `v1,` signature for each secret in force, parted by spaces.',
          'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
        ),
      ],
      requestBody: {
        required: true,
        content: { 'application/json': { schema: { $ref: '#/components/schemas/WebhookMessage' } } },
      },
      responses: {
        '204': { description: 'Taken. Any 2xx will do.' },
        '410': { description: 'You want nothing more: the webhook is disabled.' },
        '4XX': {
          description: 'Not taken, a redirect included: it comes again, after your `Retry-After` or by the schedule.',
        },
      },
      security: [{}],
    },
  }
}

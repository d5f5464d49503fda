import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { isPlain, RegionCode, SingleLine, Slug } from '../http/parameters.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { ERROR_TYPES } from './error-type.ts'
import { countingRefusals, type NewReport, type SubmissionAnswer, submitReport } from './submit-report.ts'

export const MAX_BODY_BYTES = 16 * 1024

export const ReportBody = z
  .strictObject({
    service: Slug,
    kind: z.enum(['problem', 'ok']).default('problem'),
    errorType: z.enum(ERROR_TYPES).optional(),
    region: RegionCode.nullish(),
    feature: SingleLine(80).nullish(),
    comment: z.string().trim().max(280).refine(isPlain, 'Must not contain control characters.').nullish(),
    observedAt: z.iso.datetime({ offset: true }).nullish(),
  })
  .superRefine(({ kind, errorType }, context) => {
    if (kind === 'problem' && errorType === undefined)
      context.addIssue({
        code: 'custom',
        path: ['errorType'],
        message: `Required for a problem: one of ${ERROR_TYPES.join(', ')}.`,
      })
  })

const IdempotencyKey = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, 'Must be visible ASCII.')

/** `/v1/reports`: where people say that a service does not work for them, or that it does. */
export const reportRoutes = new Hono<{ Bindings: Ports }>().post('/', async (c) => {
  const { isForm, body, idempotencyKey } = await countingRefusals(c.env, () => readReport(c.req.raw))
  const answer = await submitReport(c.env, {
    report: reportFrom(body),
    source: null,
    identity: await c.env.identify(c.req.raw),
    place: c.env.locate(c.req.raw),
    idempotencyKey,
  })
  const headers = { ...answer.headers, 'cache-control': 'no-store', 'access-control-allow-origin': '*' }
  if (isForm) {
    const location = `/s/${answer.service}/thanks?outcome=${outcomeOf(answer, body.kind)}`
    return new Response(null, { status: 303, headers: { ...headers, location } })
  }
  // A plain record of headers, unlike Hono's, goes to the socket as it is: a tenth of the whole request's cost.
  return new Response(JSON.stringify(submissionToWire(answer)), {
    status: answer.queued ? 202 : answer.counted ? 201 : 200,
    headers: { ...headers, 'content-type': 'application/json' },
  })
})

async function readReport(request: Request) {
  const { isForm, input } = await readBody(request)
  const body = parse(ReportBody, input, 'report')
  const key = request.headers.get('idempotency-key')
  const idempotencyKey =
    key === null
      ? null
      : parse(z.object({ 'Idempotency-Key': IdempotencyKey }), { 'Idempotency-Key': key })['Idempotency-Key']
  return { isForm, body, idempotencyKey }
}

/** What a body says, with `null` for what it leaves open. */
export function reportFrom(body: z.output<typeof ReportBody>): NewReport {
  return {
    service: body.service,
    kind: body.kind,
    errorType: body.errorType ?? null,
    region: body.region ?? null,
    feature: body.feature ?? null,
    comment: body.comment || null,
    observedAt: body.observedAt ? new Date(body.observedAt) : null,
  }
}

/** What the thank-you page says of it. */
export function outcomeOf(
  { queued, counted }: Pick<SubmissionAnswer, 'queued' | 'counted'>,
  kind: 'problem' | 'ok',
): 'counted' | 'works' | 'again' | 'queued' {
  if (queued) return 'queued'
  if (!counted) return 'again'
  return kind === 'ok' ? 'works' : 'counted'
}

export function submissionToWire({ id, service, region, counted, reason, queued, receivedAt }: SubmissionAnswer) {
  return {
    id,
    service,
    region,
    ...(queued ? { queued: true } : { counted }),
    ...(reason ? { reason } : {}),
    receivedAt: receivedAt.toISOString(),
  }
}

/** A body of JSON or of form fields, at most 16 KiB. */
export async function readBody(request: Request): Promise<{ isForm: boolean; input: unknown }> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  const isForm = type === 'application/x-www-form-urlencoded'
  if (!isForm && type !== 'application/json')
    throw new AppError(
      'unsupported-media-type',
      'Send application/json, or a form as application/x-www-form-urlencoded.',
    )
  const text = await readLimited(request)
  if (!isForm) {
    try {
      return { isForm, input: JSON.parse(text) }
    } catch {
      throw new AppError('malformed-json', 'The body is not valid JSON.', {
        errors: [{ field: '(body)', message: 'Not valid JSON.' }],
      })
    }
  }
  const input: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in input)
      throw new AppError('invalid-request', `The field ${name.slice(0, 40)} is given twice.`, {
        errors: [{ field: name.slice(0, 40), message: 'Given twice.' }],
      })
    // A form sends every field it has; an empty one says nothing.
    if (value !== '') input[name] = value
  }
  return { isForm, input }
}

/** The declared length may lie or be absent, so the bytes themselves are counted. */
async function readLimited(request: Request): Promise<string> {
  const tooLarge = () => new AppError('payload-too-large', `A report has at most ${MAX_BODY_BYTES} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) throw tooLarge()
  const text = await request.text()
  // A character has at most three bytes, so that a short text need not be encoded to be measured.
  if (text.length * 3 > MAX_BODY_BYTES && new TextEncoder().encode(text).length > MAX_BODY_BYTES) throw tooLarge()
  return text
}

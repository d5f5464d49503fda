import { Hono } from 'hono'
import { z } from 'zod'
import { isPlain, RegionCode, SingleLine, Slug } from '../http/parameters.ts'
import { readJsonOrForm } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { ERROR_TYPES } from './error-type.ts'
import { countingRefusals, type NewReport, type SubmissionAnswer, submitReport } from './submit-report.ts'

/** Most bytes of a report. */
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
  const { isForm, input } = await readJsonOrForm(request, MAX_BODY_BYTES)
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

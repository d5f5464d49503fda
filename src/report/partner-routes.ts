import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { LimitExceeded, limitHeaders } from '../http/limit.ts'
import { isPlain } from '../http/parameters.ts'
import { problemOf } from '../http/problem.ts'
import { readJson } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { ApiKey } from '../key/key.ts'
import { requireScope } from '../key/keyring.ts'
import type { Ports } from '../ports.ts'
import { ReportBody, reportFrom, submissionToWire } from './routes.ts'
import { submitReport } from './submit-report.ts'

export const MOST_IN_BATCH = 1_000

const MAX_BODY_BYTES = 2 * 1024 * 1024

/** Reports of one partner. */
const PARTNER_LIMIT = { points: 20_000, seconds: 60 }

export const PartnerReport = ReportBody.safeExtend({
  reporter: z
    .string()
    .min(1)
    .max(200)
    .refine(isPlain, 'Must not contain control characters.')
    .meta({
      description:
        'Whom you report for, under a name of your own that stays the same for the same person: an opaque id, no address, no account name. It is kept only as a keyed hash, under a key that is destroyed daily.',
      examples: ['5f0c9d'],
    }),
})

/** As it is meant. One wrong report is answered by itself, so only the list is looked at as a whole. */
export const PartnerBatch = z.strictObject({ reports: z.array(PartnerReport).min(1).max(MOST_IN_BATCH) })

const Batch = z.strictObject({ reports: z.array(z.unknown()).min(1).max(MOST_IN_BATCH) })

/** `/v1/reports/batch`: reports that a partner collected, each answered by itself. */
export const partnerRoutes = new Hono<{ Bindings: Ports }>().post('/', async (c) => {
  const key = await requireScope(c.env.keyring, c.req.raw, 'report')
  const { reports } = parse(Batch, await readJson(c.req.raw, MAX_BODY_BYTES), 'batch')
  const limit = await c.env.keyring.take(key)
  const policy = {
    name: 'report',
    answer: await c.env.limiter.consume('report', key.id, reports.length, PARTNER_LIMIT),
  } as const
  if (!policy.answer.isAllowed) throw new LimitExceeded([policy])
  c.env.keyring.noteReports(key, reports.length)
  const items = await Promise.all(reports.map((report) => answerOne(c.env, key, report)))
  return c.json({ items }, 200, {
    ...limit,
    ...joined(limit, limitHeaders([policy])),
    'cache-control': 'no-store',
    'access-control-allow-origin': '*',
  })
})

/** As `POST /v1/reports` would answer, the status in the body. */
async function answerOne(ports: Ports, key: ApiKey, input: unknown) {
  try {
    const report = parse(PartnerReport, input, 'report')
    const answer = await submitReport(ports, {
      report: reportFrom(report),
      source: { id: key.id, trust: key.trust },
      identity: await ports.identifyPartner(key.id, report.reporter),
      // Where the partner's own machines stand says nothing of its people.
      place: { country: null, subdivision: null },
      idempotencyKey: null,
    })
    return { status: answer.queued ? 202 : answer.counted ? 201 : 200, ...submissionToWire(answer) }
  } catch (error) {
    if (error instanceof AppError) return problemOf(error)
    ports.log.error({ err: error }, 'a report of a batch failed')
    return problemOf(new AppError('overloaded', 'This report could not be stored. Send it again.'))
  }
}

const joined = (a: Record<string, string>, b: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(a).map(([name, value]) => [name, b[name] === undefined ? value : `${value}, ${b[name]}`]),
  )

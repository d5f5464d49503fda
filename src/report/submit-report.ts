import { FULL_WEIGHT } from '../detection/network-diversity.ts'
import { AppError } from '../errors.ts'
import { takeFrom } from '../http/limit.ts'
import type { Identity, Place, Ports } from '../ports.ts'
import type { Directory } from '../service/directory.ts'
import type { ErrorType } from './error-type.ts'
import { requestHashOf } from './identity.ts'
import { lateObservation, placeReport } from './report.ts'

export interface NewReport {
  service: string
  kind: 'problem' | 'ok'
  errorType: ErrorType | null
  region: string | null
  feature: string | null
  comment: string | null
  observedAt: Date | null
}

/** A partner that reports for others. */
export interface ReportSource {
  /** Id of its key. */
  id: string
  /** Most that one report weighs, in thousandths of a person. */
  trust: number
}

export interface Submission {
  report: NewReport
  /** `null` for people themselves. A partner's limit is taken before, for a whole batch. */
  source: ReportSource | null
  identity: Identity
  place: Place
  idempotencyKey: string | null
}

export interface SubmissionAnswer {
  id: string
  service: string
  region: string | null
  counted: boolean
  reason: 'duplicate' | null
  /** Accepted for later storing. */
  queued: boolean
  receivedAt: Date
  headers: Record<string, string>
}

type Needs = Pick<Ports, 'storage' | 'limiter' | 'takeReport' | 'metrics' | 'now'> & { directory: Directory }

/**
 * The intake policy, in order: limit, service, time, place, repeat of a request, store and count. Each refusal or discount
 * is counted under its reason in `outcry_intake_total`.
 */
export async function submitReport(
  ports: Needs,
  { report, source, identity, place, idempotencyKey }: Submission,
): Promise<SubmissionAnswer> {
  const outcome = (reason: string) => ports.metrics.count('outcry_intake_total', { outcome: reason })
  return countingRefusals(ports, async () => {
    const headers = source === null ? await takeFrom(ports.limiter, 'report', identity.reporter) : {}
    const service = await ports.directory.require(report.service)
    const observedAt = lateObservation(report.observedAt, ports.now())
    const region = placeReport(report.region, place)

    const idempotency =
      idempotencyKey === null
        ? null
        : {
            client: identity.reporter,
            key: idempotencyKey,
            requestHash: requestHashOf([report, region]),
          }
    if (idempotency !== null) {
      const earlier = await earlierAnswer(ports, identity, idempotency)
      if (earlier !== null) {
        outcome('idempotent-repeat')
        return { ...earlier, service: service.slug, region, counted: true, reason: null, queued: false, headers }
      }
    }

    const id = crypto.randomUUID()
    const stored = await ports.takeReport({
      id,
      serviceId: service.id,
      kind: report.kind,
      errorType: report.kind === 'ok' ? null : report.errorType,
      region,
      feature: report.feature,
      comment: report.comment,
      observedAt: observedAt?.toISOString() ?? null,
      identity: observedAt === null ? identity : lateVoiceOf(identity),
      source: source?.id ?? null,
      trust: source?.trust ?? FULL_WEIGHT,
      idempotency,
    })
    outcome(stored === null ? 'queued' : !stored.isCounted ? 'duplicate' : observedAt !== null ? 'late' : 'counted')
    return {
      id: stored?.id ?? id,
      service: service.slug,
      region,
      counted: stored?.isCounted ?? false,
      reason: stored !== null && !stored.isCounted ? 'duplicate' : null,
      queued: stored === null,
      receivedAt: stored === null ? ports.now() : new Date(stored.receivedAtMs),
      headers,
    }
  })
}

/** What somebody saw earlier is told beside what they see now, and must not take its place: it has a voice of its own. */
function lateVoiceOf(identity: Identity): Identity {
  const { reporter, otherReporter } = identity
  return { ...identity, reporter: `late ${reporter}`, otherReporter: otherReporter && `late ${otherReporter}` }
}

/** Counts what a step of the policy refuses under its reason, and passes it on. */
export async function countingRefusals<T>({ metrics }: Pick<Ports, 'metrics'>, step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (error) {
    metrics.count('outcry_intake_total', { outcome: error instanceof AppError ? error.code : 'failure' })
    throw error
  }
}

async function earlierAnswer(
  { storage }: Pick<Ports, 'storage'>,
  identity: Identity,
  { key, requestHash }: { key: string; requestHash: string },
): Promise<{ id: string; receivedAt: Date } | null> {
  const [earlier] = await storage.run<{ request_hash: string; report_id: string; at: number }>(
    `select request_hash, report_id, (extract(epoch from answered_at) * 1000)::float8 as at
     from idempotency_keys where client in ($1, $2) and key = $3`,
    [identity.reporter, identity.otherReporter ?? identity.reporter, key],
  )
  if (earlier === undefined) return null
  if (earlier.request_hash !== requestHash)
    throw new AppError('idempotency-key-reused', 'This Idempotency-Key belongs to a request with another content.')
  return { id: earlier.report_id, receivedAt: new Date(earlier.at) }
}

import { z } from 'zod'
import { PLACE_GUESSED, PLACE_WITHHELD, TRAP_FIELD } from '../../web/pages/report-page.tsx'
import type { Outcome } from '../../web/pages/thanks-page.tsx'
import { AppError } from '../errors.ts'
import { readJsonOrForm } from '../http/read-body.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { MAX_BODY_BYTES, outcomeOf, ReportBody, reportFrom } from '../report/routes.ts'
import { countingRefusals, submitReport } from '../report/submit-report.ts'

/** What became of a form that was sent. */
export interface FormOutcome {
  kind: 'problem' | 'ok'
  errorType: string | null
  outcome: Outcome
}

/** Takes the form of a report page. A form that a program has filled in, trap and all, is thanked and not counted. */
export async function takeForm(ports: Ports, request: Request, service: string): Promise<FormOutcome> {
  const { trap, isWithheld, body } = await countingRefusals(ports, () => readForm(request, service))
  const kept = { kind: body.kind, errorType: body.errorType ?? null }
  if (trap) {
    ports.metrics.count('outcry_intake_total', { outcome: 'trapped' })
    return { ...kept, outcome: body.kind === 'ok' ? 'works' : 'counted' }
  }
  const answer = await submitReport(ports, {
    report: reportFrom(body),
    source: null,
    identity: await ports.identify(request),
    place: isWithheld ? { country: null, subdivision: null } : ports.locate(request),
    idempotencyKey: null,
  })
  return { ...kept, outcome: outcomeOf(answer, body.kind) }
}

async function readForm(request: Request, service: string) {
  const { isForm, input } = await readJsonOrForm(request, MAX_BODY_BYTES)
  if (!isForm) throw new AppError('unsupported-media-type', 'This address takes the form of the page.')
  const { [TRAP_FIELD]: trap, region, ...fields } = z.record(z.string(), z.string()).parse(input)
  const isWithheld = region === PLACE_WITHHELD
  const body = parse(ReportBody, {
    ...fields,
    service,
    ...(region === undefined || region === PLACE_GUESSED || isWithheld ? {} : { region }),
  })
  return { trap, isWithheld, body }
}

import { z } from 'zod'
import { PLACE_GUESSED, PLACE_WITHHELD, TRAP_FIELD } from '../../web/pages/report-page.tsx'
import { isPlain, RegionCode, SingleLine } from '../http/parameters.ts'
import type { Place } from '../ports.ts'
import { ERROR_TYPES } from '../report/error-type.ts'
import type { NewReport } from '../report/submit-report.ts'

/** What the report form sends; a report that waited on the device comes with the time at which it was made. */
export const ReportForm = z
  .strictObject({
    kind: z.literal('ok').optional(),
    errorType: z.enum(ERROR_TYPES).optional(),
    region: z.union([z.enum([PLACE_GUESSED, PLACE_WITHHELD]), RegionCode]).default(PLACE_GUESSED),
    feature: SingleLine(80).optional(),
    comment: z.string().trim().max(280).refine(isPlain).optional(),
    observedAt: z.iso.datetime({ offset: true }).optional(),
    [TRAP_FIELD]: z.string().optional(),
  })
  .refine(({ kind, errorType }) => kind === 'ok' || errorType !== undefined, { path: ['errorType'] })

export type ReportForm = z.output<typeof ReportForm>

/** Only programs fill in what people cannot see. */
export function isTrapped(form: ReportForm): boolean {
  return Boolean(form[TRAP_FIELD])
}

/** The report of a form, and the place as far as its author lets us look. */
export function reportOf(form: ReportForm, service: string, located: Place): { report: NewReport; place: Place } {
  const kind = form.kind ?? 'problem'
  const isWithheld = form.region === PLACE_WITHHELD
  return {
    report: {
      service,
      kind,
      errorType: kind === 'ok' ? null : (form.errorType ?? null),
      region: isWithheld || form.region === PLACE_GUESSED ? null : form.region,
      feature: form.feature ?? null,
      comment: form.comment || null,
      observedAt: form.observedAt ? new Date(form.observedAt) : null,
    },
    place: isWithheld ? { country: null, subdivision: null } : located,
  }
}

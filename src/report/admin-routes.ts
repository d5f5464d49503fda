import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../errors.ts'
import { type CsvValue, toCsvStream } from '../http/csv.ts'
import { NO_STORE } from '../http/no-store.ts'
import {
  Cursor,
  fromCursor,
  Id,
  Instant,
  Limit,
  nextLink,
  RegionCode,
  SingleLine,
  Slug,
  toCursor,
  Words,
} from '../http/parameters.ts'
import { readJson } from '../http/read-body.ts'
import { forgetAnswers } from '../http/read-cache.ts'
import { ADMIN, asAdmin } from '../http/require-admin.ts'
import { parse } from '../http/validate.ts'
import type { Ports } from '../ports.ts'
import { firstLevelOf } from '../region/region.ts'
import { findServiceId } from '../service/queries.ts'
import { DAY } from '../time.ts'
import { ERROR_TYPES } from './error-type.ts'
import { hideReports, type Selection } from './hide-reports.ts'
import { type FoundReport, type ReportFilter, type ReportPosition, searchReports } from './search-queries.ts'

/** What both a search and a hiding may ask for. */
const DESCRIBED = {
  kind: z.enum(['problem', 'ok']).optional(),
  errorType: z.enum(ERROR_TYPES).optional(),
  region: RegionCode.optional(),
  source: Id.optional().meta({ description: 'Id of the key that a partner reported with.' }),
  network: Id.optional().meta({
    description: '`network` of a report: a name of the day for the network it came from.',
  }),
  query: SingleLine(100).optional().meta({ description: 'Words that all stand in the comment, in any case.' }),
}

export const ReportQuery = z.strictObject({
  service: Slug.optional(),
  from: Instant.optional().meta({ description: 'When the report came; a day before `to` unless told.' }),
  to: Instant.optional().meta({ description: 'Not included; now unless told.' }),
  ...DESCRIBED,
  hidden: z.enum(['true', 'false']).optional().meta({ description: 'Only those that are hidden, or only the others.' }),
  format: z.enum(['json', 'csv']).default('json').meta({ description: 'A CSV holds the whole window.' }),
  limit: Limit(1_000, 100),
  cursor: Cursor.optional(),
})

/** Most reports that are named one by one. */
const MOST_IDS = 1_000

export const HideBody = z
  .strictObject({
    ids: z.array(Id).min(1).max(MOST_IDS).optional(),
    filter: z
      .strictObject({ service: Slug, from: Instant, to: Instant, ...DESCRIBED })
      .refine(({ from, to }) => from < to, { path: ['from'], message: 'Must be before `to`.' })
      .optional(),
    note: Words(1_000).nullable().default(null).meta({ description: 'Why; for the audit log.' }),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    path: ['ids'],
    message: 'Name either `ids` or a `filter`.',
  })

/** Reports read at once for a CSV. */
const CSV_BATCH = 2_000

const Position = z.tuple([z.iso.datetime(), Id, z.iso.datetime()])

/** `/v1/admin/reports`: what people sent, and hiding what they should not have. */
export const adminReportRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', asAdmin, async (c) => {
    const query = parse(ReportQuery, c.req.query())
    const { run } = c.env.storage
    const position = query.cursor === undefined ? null : fromCursor(Position, query.cursor)
    const filter = await filterOf(c.env, query, position?.[2] ?? null)
    if (query.format === 'csv') {
      for (const field of ['limit', 'cursor'])
        if (c.req.query(field) !== undefined) throw invalid(field, 'Is for JSON: a CSV holds the whole window.')
      return csvAnswer(c.env, filter)
    }
    const after = position === null ? null : { receivedAt: position[0], id: position[1] }
    const { reports, next } = await searchReports(run, filter, { after, limit: query.limit })
    // The window of a day must not move on from page to page.
    const nextCursor = next === null ? null : toCursor([next.receivedAt, next.id, filter.from])
    if (nextCursor !== null) c.header('link', nextLink(c.req.url, nextCursor))
    return c.json({ items: reports.map(foundReportToWire), nextCursor }, 200, NO_STORE)
  })
  .post('/hide', asAdmin, async (c) => {
    const { changed, ...outcome } = await hide(c.env, c.req.raw, true)
    return c.json({ hidden: changed, ...outcome }, 200, NO_STORE)
  })
  .post('/unhide', asAdmin, async (c) => {
    const { changed, ...outcome } = await hide(c.env, c.req.raw, false)
    return c.json({ unhidden: changed, ...outcome }, 200, NO_STORE)
  })

async function hide(ports: Ports, request: Request, isHidden: boolean) {
  const { ids, filter, note } = parse(HideBody, await readJson(request), 'selection')
  const selection: Selection =
    filter === undefined ? { ids: [...new Set(ids)] } : { filter: await filterOf(ports, filter, null) }
  const told = filter === undefined ? { ids: [...new Set(ids)] } : { filter: toldOf(filter) }
  const outcome = await hideReports(ports, { isHidden, selection, note, actor: ADMIN, told })
  if (outcome.changed > 0) forgetAnswers(ports.readCache)
  return outcome
}

/** A filter as the audit log keeps it: by which words and which network, only the reports could tell. */
function toldOf({ query, network, from, to, ...rest }: NonNullable<z.output<typeof HideBody>['filter']>) {
  return {
    ...rest,
    from: from.toISOString(),
    to: to.toISOString(),
    ...(network === undefined ? {} : { byNetwork: true }),
    ...(query === undefined ? {} : { byWords: true }),
  }
}

type Asked = Omit<z.output<typeof ReportQuery>, 'format' | 'limit' | 'cursor'>

/** @param begun beginning of the window on the first page, where this is a later one */
async function filterOf(
  { storage, directory, now }: Pick<Ports, 'storage' | 'directory' | 'now'>,
  asked: { [Name in keyof Asked]?: Asked[Name] | undefined },
  begun: string | null,
): Promise<ReportFilter> {
  const { service, to } = asked
  const from = begun ?? (asked.from ?? new Date((to ?? now()).getTime() - DAY)).toISOString()
  if (to !== undefined && Date.parse(from) >= to.getTime()) throw invalid('from', 'Must be before `to`.')
  return {
    serviceId:
      service === undefined ? null : ((await findServiceId(storage.run, service)) ?? (await directory.refuse(service))),
    from,
    until: to?.toISOString() ?? null,
    kind: asked.kind ?? null,
    errorType: asked.errorType ?? null,
    region: asked.region === undefined ? null : firstLevelOf(asked.region),
    source: asked.source ?? null,
    network: asked.network ?? null,
    words: asked.query?.split(/\s+/) ?? [],
    isHidden: asked.hidden === undefined ? null : asked.hidden === 'true',
  }
}

function invalid(field: string, message: string): AppError {
  return new AppError('invalid-request', `The request has invalid input: ${field}.`, { errors: [{ field, message }] })
}

const CSV_COLUMNS: [title: string, value: (report: ReturnType<typeof foundReportToWire>) => CsvValue][] = [
  ['id', ({ id }) => id],
  ['service', ({ service }) => service],
  ['received at (UTC)', ({ receivedAt }) => receivedAt],
  ['observed at (UTC)', ({ observedAt }) => observedAt],
  ['kind', ({ kind }) => kind],
  ['error type', ({ errorType }) => errorType],
  ['region (ISO 3166)', ({ region }) => region],
  ['feature', ({ feature }) => feature],
  ['comment', ({ comment }) => comment],
  ['network (name of the day)', ({ network }) => network],
  ['asn', ({ asn }) => asn],
  ['weight (people)', ({ weight }) => weight],
  ['source (key)', ({ source }) => source],
  ['hidden', ({ isHidden }) => isHidden],
]

async function csvAnswer({ storage }: Pick<Ports, 'storage'>, filter: ReportFilter): Promise<Response> {
  // What is wrong with the first page is told as a problem, before anything is sent.
  let page = await searchReports(storage.run, filter, { after: null, limit: CSV_BATCH })
  async function* batches() {
    for (;;) {
      yield page.reports.map((report) => {
        const wire = foundReportToWire(report)
        return CSV_COLUMNS.map(([, value]) => value(wire))
      })
      if (page.next === null) return
      const after: ReportPosition = page.next
      page = await searchReports(storage.run, filter, { after, limit: CSV_BATCH })
    }
  }
  const body = toCsvStream(
    CSV_COLUMNS.map(([title]) => title),
    batches(),
  )
  return new Response(body, {
    headers: {
      ...NO_STORE,
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="outcry-reports.csv"',
    },
  })
}

export function foundReportToWire(report: FoundReport) {
  return {
    id: report.id,
    service: report.service,
    receivedAt: new Date(report.receivedAt).toISOString(),
    observedAt: report.observedAtMs === null ? null : new Date(report.observedAtMs).toISOString(),
    kind: report.kind,
    errorType: report.errorType,
    region: report.region,
    feature: report.feature,
    comment: report.comment,
    network: report.network,
    asn: report.asn,
    weight: report.weight / 1000,
    source: report.source,
    isHidden: report.isHidden,
  }
}

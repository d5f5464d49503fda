import { audit } from '../audit/queries.ts'
import { databaseNow } from '../count/queries.ts'
import { AppError } from '../errors.ts'
import type { Ports } from '../ports.ts'
import { dayOf, isFinal } from '../record/day-archive.ts'
import { WORLD } from '../region/scope.ts'
import type { Run } from '../storage/database.ts'
import { ensureTickState, noteRecount, waitForLead } from '../tick/position-queries.ts'
import { rollUpHours } from '../tick/roll-up.ts'
import { HOUR } from '../time.ts'
import {
  forgetEmptyRows,
  forgetStates,
  holdReports,
  incidentsWithin,
  keepPublished,
  placesOfReports,
  type SeriesHour,
  slugsOf,
  switchReports,
} from './hide-queries.ts'
import type { ReportFilter } from './search-queries.ts'

/** Reports that are hidden at once: while it lasts, nobody else is counted in the minutes it changes. */
export const MOST_HIDDEN = 20_000

/** Which reports: single ones, or all that a filter means. */
export type Selection = { ids: readonly string[] } | { filter: ReportFilter }

export interface Hiding {
  /** `true` to hide, `false` to show again. */
  isHidden: boolean
  selection: Selection
  note: string | null
  /** Who does it, and how the selection is to be told in the audit log: without a report's words. */
  actor: string
  told: Record<string, unknown>
}

export interface HidingOutcome {
  /** Reports that are hidden now and were not, or the other way. */
  changed: number
  services: string[]
  /** Ids of reports that are not kept, or not any more. */
  notFound: string[]
  /** UTC days whose archive is published, and stays as it is: it counts the reports as before. */
  publishedDays: string[]
  /** Incidents that were told with these reports; what is told is told, and may be annotated or reclassified. */
  incidents: string[]
}

const NOTHING = { changed: 0, services: [], publishedDays: [], incidents: [] }

/**
 * Hides reports, or shows them again, and with them what they count for: minutes, quarters, hours, features, and what detection has
 * learned of them; all or nothing. What was published stays: snapshots, the archive of final days, and what was told of incidents.
 *
 * @throws AppError `invalid-request` where the filter means too many
 */
export async function hideReports(
  { storage }: Pick<Ports, 'storage'>,
  { isHidden, selection, note, actor, told }: Hiding,
): Promise<HidingOutcome> {
  return storage.transaction(async (run) => {
    const nowMs = await databaseNow(run)
    await ensureTickState(run, nowMs)
    // The tick reads minutes and sums them, so it must wait, or it would go on with what is hidden.
    await waitForLead(run)
    const { filter, only, notFound } = await resolve(run, selection)
    if (filter === null) return { ...NOTHING, notFound }

    const held = await holdReports(run, filter, { only, isHidden, most: MOST_HIDDEN })
    if (held.length === 0) return { ...NOTHING, notFound }
    if (held.length > MOST_HIDDEN) throw tooMany()

    const hours = await switchReports(run, filter, { ids: held, isHidden })
    const inWorld = hours.filter(({ scope }) => scope === WORLD)
    const changed = inWorld.reduce((sum, { reports }) => sum + reports, 0)
    if (changed !== held.length) throw new Error(`${held.length} reports were held and ${changed} changed`)
    const published = hours.filter(({ hourMs }) => isFinal(dayOf(dayText(hourMs))!, new Date(nowMs)))
    await keepPublished(run, published)
    await rollUpHours(run, hours)
    const span = spanOf(inWorld)
    await forgetEmptyRows(run, span)
    await forgetStates(run, seriesOf(hours))
    await noteRecount(run)

    const slugs = await slugsOf(run, span.serviceIds)
    await audit(
      run,
      ...span.serviceIds.map((id) => ({
        actor,
        action: isHidden ? 'reports.hidden' : 'reports.unhidden',
        subject: slugs.get(id)!,
        data: {
          ...told,
          note,
          reports: inWorld.reduce((sum, hour) => sum + (hour.serviceId === id ? hour.reports : 0), 0),
        },
      })),
    )
    return {
      changed,
      services: [...slugs.values()].sort(),
      notFound,
      publishedDays: [...new Set(published.map(({ hourMs }) => dayText(hourMs)))].sort(),
      incidents: await incidentsWithin(run, span),
    }
  })
}

const ANY_REPORT: Omit<ReportFilter, 'from'> = {
  serviceId: null,
  until: null,
  kind: null,
  errorType: null,
  region: null,
  source: null,
  network: null,
  words: [],
  isHidden: null,
}

/** @returns the filter that bounds the search, or `null` where nothing is there */
async function resolve(run: Run, selection: Selection) {
  if ('filter' in selection) return { filter: selection.filter, only: null, notFound: [] }
  const places = await placesOfReports(run, selection.ids)
  const found = new Set(places.map(({ id }) => id))
  const notFound = selection.ids.filter((id) => !found.has(id))
  const [first, last] = [places[0], places.at(-1)]
  if (first === undefined || last === undefined) return { filter: null, only: null, notFound }
  // An upper bound is half open, and the last report lies within its millisecond.
  const until = new Date(Date.parse(last.receivedAt) + 1).toISOString()
  return { filter: { ...ANY_REPORT, from: first.receivedAt, until }, only: [...found], notFound }
}

function tooMany(): AppError {
  const message = `Means more than ${MOST_HIDDEN} reports: narrow its time, and go through it part by part.`
  return new AppError('invalid-request', message, { errors: [{ field: 'filter', message }] })
}

const dayText = (ms: number) => new Date(ms).toISOString().slice(0, 10)

function spanOf(hours: readonly SeriesHour[]) {
  return {
    serviceIds: [...new Set(hours.map(({ serviceId }) => serviceId))].sort((a, b) => a - b),
    fromMs: Math.min(...hours.map(({ hourMs }) => hourMs)),
    untilMs: Math.max(...hours.map(({ hourMs }) => hourMs)) + HOUR,
  }
}

/** The series that detection reads, each from the first of its minutes that changed. */
function seriesOf(hours: readonly SeriesHour[]) {
  const first = new Map<string, { serviceId: number; scope: string; firstMs: number }>()
  for (const { serviceId, scope, firstLiveMs } of hours) {
    if (firstLiveMs === null) continue
    const key = `${serviceId} ${scope}`
    const firstMs = Math.min(firstLiveMs, first.get(key)?.firstMs ?? firstLiveMs)
    first.set(key, { serviceId, scope, firstMs })
  }
  return [...first.values()]
}

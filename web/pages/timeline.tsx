import type { IncidentUpdate } from '../../src/incident/incident.ts'
import type { IncidentRecord } from '../../src/record/incident-record.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { Instant } from './text.tsx'

interface Entry {
  at: number
  what: string
  more: string | null
  /** The provider's words, which stand whole in a part of their own. */
  isOfficial?: boolean
}

/** What happened when: the reports' own turns and the provider's words in one order. */
export function timelineOf(record: IncidentRecord, timeline: readonly IncidentUpdate[], locale: Locale): Entry[] {
  const words = recordStrings[locale.language].incident
  const entries: Entry[] = [
    { at: record.onset.at, what: words.began, more: null },
    {
      at: record.peak.at,
      what: words.kinds.peak,
      more: locale.plural(locale.strings.service.reports, record.peak.observed),
    },
    ...withSpreadsJoined(record, timeline).map(({ at, kind, data }) => ({
      at: at.getTime(),
      what: words.kinds[kind],
      more: detailOf(kind, data, locale),
    })),
    ...record.providerUpdates.map(({ at, status, text }) => ({
      at,
      what: `${record.service.name}: ${words.officialStates[status]}`,
      more: text.trim() || null,
      isOfficial: true,
    })),
  ]
  return entries.sort((a, b) => a.at - b.at)
}

/** One place after the other within minutes is one turn of the story, as long as nothing else happens between them. */
function withSpreadsJoined(record: IncidentRecord, timeline: readonly IncidentUpdate[]): IncidentUpdate[] {
  const joined: IncidentUpdate[] = []
  for (const update of timeline) {
    const last = joined.at(-1)
    const isSilent = !record.providerUpdates.some(
      ({ at }) => last && at > last.at.getTime() && at <= update.at.getTime(),
    )
    const [before, more] = [last?.data.regions, update.data.regions]
    if (last?.kind === 'spread' && update.kind === 'spread' && isSilent && Array.isArray(before) && Array.isArray(more))
      joined.splice(-1, 1, { ...last, data: { ...last.data, regions: [...new Set([...before, ...more])] } })
    else joined.push(update)
  }
  return joined
}

function detailOf(kind: IncidentUpdate['kind'], data: IncidentUpdate['data'], locale: Locale): string | null {
  const words = recordStrings[locale.language]
  if (kind === 'spread' && Array.isArray(data.regions))
    return fill(words.incident.spreadTo, { places: locale.list(data.regions.map(locale.place)) })
  if (kind === 'severity' && typeof data.severity === 'string')
    return fill(words.incident.severityNow, {
      severity: locale.strings.severity[data.severity as keyof typeof locale.strings.severity] ?? data.severity,
    })
  if (kind === 'annotated' && typeof data.text === 'string') return data.text
  if (kind === 'reclassified') return typeof data.note === 'string' ? data.note : null
  if (typeof data.observed === 'number') return locale.plural(locale.strings.service.reports, data.observed)
  return null
}

export function Timeline(props: { record: IncidentRecord; timeline: readonly IncidentUpdate[]; locale: Locale }) {
  const { record, timeline, locale } = props
  return (
    <ol class="timeline">
      {timelineOf(record, timeline, locale).map(({ at, what, more, isOfficial }) => (
        <li class={isOfficial ? 'is-official' : undefined}>
          <Instant at={at} locale={locale} />
          <div>
            <strong>{what}</strong>
            {more !== null && <p>{more}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}

import { fill } from '../strings/spans.ts'
import type { Frame } from './frame.ts'
import { hrefIn } from './frame.ts'
import type { IncidentSummary } from './service-snapshot.ts'
import { Instant } from './text.tsx'

/** Incidents as a list: when, how long, how large, where. */
export function IncidentRows({
  incidents,
  frame,
  hasService = false,
}: {
  incidents: IncidentSummary[]
  frame: Frame
  hasService?: boolean
}) {
  const { locale } = frame
  const words = locale.strings.home
  return (
    <ul class="rows">
      {incidents.map((incident) => {
        const { onsetAt, endedAt, peak, isWorldwide, regions, severity } = incident
        const facts = [
          locale.strings.severity[severity],
          peak.expected >= 0.25
            ? fill(words.rowTimes, { times: locale.multiple(peak.observed / peak.expected) })
            : null,
          isWorldwide
            ? words.worldwide
            : regions.length > 0
              ? locale.list(regions.slice(0, 2).map(locale.region))
              : null,
          endedAt === null ? null : fill(words.lasted, { duration: locale.duration(endedAt - onsetAt) }),
        ]
        return (
          <li class="problem-row">
            <div>
              <h3>
                <a href={hrefIn(frame, `/i/${incident.id}`)}>
                  {hasService && `${incident.serviceName}, `}
                  <Instant at={onsetAt} locale={locale} />
                </a>
              </h3>
              <p>{facts.filter((fact) => fact !== null).join(' · ')}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}

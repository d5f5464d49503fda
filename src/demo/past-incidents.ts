import { confidenceOfEvidence } from '../detection/confidence.ts'
import { METHOD_VERSION, OPEN_AT, type Verdict } from '../detection/detector.ts'
import { advanceIncident, REOPEN_MS } from '../incident/advance-incident.ts'
import { advanceSpike, ofStandingAlarm } from '../incident/advance-spike.ts'
import type { Incident, IncidentUpdate } from '../incident/incident.ts'
import type { Spike } from '../incident/spike.ts'
import { countryOf } from '../region/scope.ts'
import type { ErrorTypeCounts } from '../report/error-type.ts'
import { MINUTE } from '../time.ts'
import type { DemoReport } from './demo-world.ts'

export interface PastIncident {
  incident: Incident
  spikes: Spike[]
  entries: IncidentUpdate[]
}

interface MinuteOfReports {
  atMs: number
  reports: readonly DemoReport[]
}

/** Lives the incidents of a service's history as the tick would have, from the worldwide detector's verdicts. */
export function tellPastIncidents(service: string, minutes: readonly MinuteOfReports[]) {
  const told: PastIncident[] = []
  const byMinute = new Map(minutes.map(({ atMs, reports }) => [atMs, reports]))
  const recent = (untilMs: number, count: number) => {
    const reports: DemoReport[] = []
    for (let n = 0; n < count; n++) reports.push(...(byMinute.get(untilMs - n * MINUTE) ?? []))
    return reports
  }
  let spike: Spike | null = null
  let ended: Spike | null = null
  let current: PastIncident | null = null
  /** An incident is not told anew each minute, but its peak may lie between two tellings. */
  let highest: Incident['peak'] | null = null

  return {
    minute(atMs: number, verdict: Verdict, expected: number) {
      if (spike === null && verdict.level === 'quiet') return
      const now = new Date(atMs + MINUTE)
      const window = recent(atMs, 15)
      const make = { id: () => `${now.getTime().toString(36)}-${service}`.slice(0, 40), methodVersion: METHOD_VERSION }
      const facts = {
        service,
        region: null,
        verdict,
        observed: window.length,
        expected,
        ok: Math.round(window.length / 7),
        lately: Array.from({ length: 60 }, (_, n) => byMinute.get(atMs - (59 - n) * MINUTE)?.length ?? 0),
        latelyUntil: now,
        previous: ofStandingAlarm(ended, verdict.onsetMs),
        cause: 'volume' as const,
        confidence: confidenceOfEvidence(verdict.evidenceNats, OPEN_AT),
        reach: 'worldwide' as const,
        largestNetworkShare: null,
        networks: window.length,
        isDiverse: window.length >= 5,
        errorTypes: errorTypesOf(window),
        regions: sharesOf(window),
      }
      if (spike === null) highest = null
      if (window.length > (highest?.observed ?? 0)) highest = { observed: window.length, expected, at: now }
      const change = advanceSpike(spike, facts, now, make)
      if (change === null) return
      const isEnd = change.kind === 'resolved'
      if (isEnd) ended = change.spike
      const endedAt = current?.incident.resolvedAt ?? null
      if (endedAt !== null && now.getTime() - endedAt.getTime() > REOPEN_MS) current = null
      spike = isEnd ? null : change.spike
      const since = current?.incident.onsetAt ?? change.spike.onsetAt
      const all = recent(atMs, Math.ceil((now.getTime() - since.getTime()) / MINUTE))
      const step = advanceIncident(
        current?.incident ?? null,
        {
          service,
          spikes: isEnd ? [] : [change.spike],
          reports: all.length,
          okVotes: Math.round(all.length / 7),
          networks: all.length,
          errorTypes: errorTypesOf(all),
          observed: window.length,
          expected,
          okNow: Math.round(window.length / 7),
          onset: null,
          spillOver: null,
          related: [],
          regions: sharesOf(window),
          endedAt: change.spike.endedAt,
        },
        now,
        make,
      )
      if (step === null) return
      const own = { ...change.spike, incidentId: step.incident.id }
      if (spike !== null) spike = own
      if (step.kind === 'opened') {
        current = { incident: step.incident, spikes: [own], entries: step.entries }
        told.push(current)
        return
      }
      if (current === null) return
      current.incident = withPeak(step.incident, highest)
      current.spikes = [...current.spikes.filter(({ id }) => id !== own.id), own]
      current.entries.push(...step.entries)
    },
    /** All that ended, oldest first. */
    end: (): PastIncident[] => told.filter(({ incident }) => incident.status === 'resolved'),
  }
}

function withPeak(incident: Incident, highest: Incident['peak'] | null): Incident {
  return highest !== null && highest.observed > incident.peak.observed ? { ...incident, peak: highest } : incident
}

function errorTypesOf(reports: readonly DemoReport[]): ErrorTypeCounts {
  const counts: ErrorTypeCounts = {}
  for (const { errorType } of reports) counts[errorType] = (counts[errorType] ?? 0) + 1
  return counts
}

function sharesOf(reports: readonly DemoReport[]): { region: string; share: number }[] {
  const counts = new Map<string, number>()
  for (const { region } of reports) {
    const country = region === null ? null : countryOf(region)
    if (country !== null) counts.set(country, (counts.get(country) ?? 0) + 1)
  }
  return [...counts]
    .map(([region, count]) => ({ region, share: count / reports.length }))
    .sort((a, b) => b.share - a.share)
    .slice(0, 12)
}

import type { Incident } from '../incident/incident.ts'
import { regionName } from '../region/region.ts'
import type { ErrorType } from '../report/error-type.ts'

/** What people said, in the words of a sentence. */
const ERROR_WORDS: Record<ErrorType, string> = {
  unavailable: 'service unavailable',
  timeout: 'time-outs',
  login: 'sign-in failures',
  slow: 'slowness',
  connection: 'no connection',
  feature: 'a part that fails',
  data: 'wrong or missing data',
  other: 'other errors',
}

/** Regions named in one sentence. */
const NAMED_REGIONS = 3

/** What an incident is called in lists of incidents; the source of the claim is part of it. */
export function incidentTitle({ status, class: kind, severity }: Incident, serviceName: string): string {
  if (status === 'resolved') return `${serviceName}: reports are back to normal`
  if (kind === 'spill-over') return `${serviceName}: people report problems, probably caused by another service`
  return `${serviceName}: people report a ${severity} outage`
}

/** What is known, from whom, and how sure that is. Reports are not users affected, and it says so. */
export function incidentSummary(incident: Incident, serviceName: string): string {
  const { peak, reports, okVotes, onsetAt, endedAt, resolvedAt, spillOverOf } = incident
  const end = endedAt ?? resolvedAt
  const span = end ? `from ${minute(onsetAt)} to ${minute(end)}` : `since ${minute(onsetAt)}`
  const sentences = [
    `${reports} reports that ${serviceName} fails, ${okVotes} that it works, ${span} UTC.`,
    `At its peak ${peak.observed} people in 15 minutes, where about ${round(peak.expected)} are usual.`,
    `${mostReported(incident)}${where(incident)}`.trim(),
    spillOverOf === null ? '' : `It began with and is probably part of an outage of ${spillOverOf.service}.`,
    'Counted from what people report, not said by the provider.',
  ]
  return sentences.filter(Boolean).join(' ')
}

function mostReported({ errorTypes }: Incident): string {
  const [first] = Object.entries(errorTypes).sort(([, a], [, b]) => b - a) as [ErrorType, number][]
  return first === undefined ? '' : `Most report ${ERROR_WORDS[first[0]]}. `
}

function where({ regions }: Incident): string {
  const named = regions.slice(0, NAMED_REGIONS).map(({ region }) => regionName(region))
  return named.length === 0 ? '' : `Mainly in ${named.join(', ')}.`
}

const minute = (at: Date) => at.toISOString().slice(0, 16).replace('T', ' ')
const round = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value))

import { z } from 'zod'
import { AnnotateBody, ProviderUpdateBody, ReclassifyBody } from '../record/admin-routes.ts'
import { SnapshotBody } from '../record/snapshot-routes.ts'
import { INCIDENT_EXAMPLE } from './examples.ts'
import { json, type Operation } from './operation.ts'
import { At, Incident } from './state-schemas.ts'

const INCIDENT = { id: { description: 'Id of an incident.', example: '01kg8x2v9m4t7zqa' } }

const Snapshot = z.strictObject({
  id: z.string(),
  url: z.string().meta({ description: 'Permanent; the content never changes.' }),
  hash: z.strictObject({ algorithm: z.literal('SHA-256'), canonicalization: z.literal('RFC 8785'), value: z.string() }),
  takenAt: At,
})

const SNAPSHOT_EXAMPLE = {
  id: '3f9c2b1a',
  url: 'https://outcry.example/snapshots/3f9c2b1a',
  hash: {
    algorithm: 'SHA-256',
    canonicalization: 'RFC 8785',
    value: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  takenAt: '2026-01-31T12:05:00.000Z',
}

const amendment = (
  id: string,
  verb: string,
  summary: string,
  description: string,
  body: z.ZodType,
  example: unknown,
): Operation => ({
  id,
  method: 'post',
  path: `/v1/admin/incidents/{id}/${verb}`,
  tag: 'Record',
  summary,
  description: `For the operator. ${description}`,
  pathParameters: INCIDENT,
  body: json(body, example),
  answers: { 201: { description: 'As it is now.', content: json(Incident, INCIDENT_EXAMPLE) } },
  problems: [404, 409, 413, 415],
  access: 'admin',
})

/** The record: states that are frozen to be cited, and what the operator adds to an incident. */
export const RECORD_OPERATIONS: readonly Operation[] = [
  {
    id: 'takeSnapshot',
    method: 'post',
    path: '/v1/snapshots',
    tag: 'Record',
    summary: 'Freeze a state to be cited',
    description:
      'An incident, or the chart of a service, at a permanent address with its hash. The same state gives the same snapshot.',
    body: json(SnapshotBody, { service: 'exchange-online' }),
    answers: {
      201: {
        description: 'Taken.',
        content: json(Snapshot, SNAPSHOT_EXAMPLE),
        headers: ['Location', 'RateLimit', 'RateLimit-Policy'],
      },
      200: { description: 'The same state was taken before.', content: json(Snapshot, SNAPSHOT_EXAMPLE) },
      303: { description: 'For a form: to the page of the snapshot.' },
    },
    problems: [404, 413, 415],
  },
  amendment('addProviderUpdate', 'updates', 'Enter what the provider said', 'With its source.', ProviderUpdateBody, {
    status: 'investigating',
    text: 'We are looking into failing sign-ins.',
    sourceUrl: 'https://status.cloud.microsoft',
  }),
  amendment(
    'reclassifyIncident',
    'reclassify',
    'Change the class of an incident',
    'It is not judged any more afterwards; the change stands in the timeline.',
    ReclassifyBody,
    { class: 'dismissed', note: 'A test of ours.' },
  ),
  amendment('annotateIncident', 'annotate', 'Add a note to an incident', 'It stands in the timeline.', AnnotateBody, {
    text: 'The provider has named a faulty deployment as the cause.',
  }),
]

import { AppError } from '../errors.ts'
import { findIncident, incidentTimeline } from '../incident/queries.ts'
import type { Ports } from '../ports.ts'
import type { Correction } from './incident-record.ts'
import { correctionOf } from './incident-record.ts'
import { findSnapshot } from './queries.ts'
import type { SnapshotContent, SnapshotFile } from './snapshot.ts'

export interface ReadSnapshot {
  id: string
  takenAt: number
  hash: string
  content: SnapshotContent
  /** What was corrected since, oldest first; never in place of what is frozen. */
  laterCorrections: Correction[]
  /** How the incident stands now, where that differs from what is frozen. */
  isReopenedSince: boolean
}

/** @throws AppError `not-found` */
export async function readSnapshot({ storage }: Pick<Ports, 'storage'>, id: string): Promise<ReadSnapshot> {
  const row = await findSnapshot(storage.run, id)
  if (row === null) throw new AppError('not-found', 'There is no such snapshot.')
  const content = JSON.parse(row.content) as SnapshotContent
  const timeline = row.incidentId === null ? [] : await incidentTimeline(storage.run, row.incidentId)
  const incident = row.incidentId === null ? null : await findIncident(storage.run, row.incidentId)
  const asOf = Date.parse(content.asOf)
  return {
    id: row.id,
    takenAt: row.takenAt,
    hash: row.hash,
    content,
    laterCorrections: timeline.filter(({ at }) => at.getTime() > asOf).flatMap(correctionOf),
    isReopenedSince: content.record?.status === 'resolved' && incident !== null && incident.status !== 'resolved',
  }
}

/**
 * The snapshot as a file, the same bytes for ever.
 *
 * @throws AppError `not-found`
 */
export async function readSnapshotFile(
  { storage }: Pick<Ports, 'storage'>,
  id: string,
  origin: string,
): Promise<SnapshotFile> {
  const row = await findSnapshot(storage.run, id)
  if (row === null) throw new AppError('not-found', 'There is no such snapshot.')
  return {
    id: row.id,
    url: `${origin}/snapshots/${row.id}`,
    takenAt: new Date(row.takenAt).toISOString(),
    hash: { algorithm: 'SHA-256', canonicalization: 'RFC 8785', value: row.hash },
    content: JSON.parse(row.content),
  }
}

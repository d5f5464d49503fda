import { canonicalJson, type Json, sha256 } from './canonical.ts'

/** What is frozen; every member is part of the hash. */
export interface SnapshotContent {
  [key: string]: Json
  format: 'outcry-snapshot/1'
  kind: 'incident' | 'chart'
  service: { slug: string; name: string }
  incidentId: string | null
  title: string
  /** RFC 3339, the moment of the numbers. */
  asOf: string
  methodVersion: string
  licence: string
  credit: string
  /** By language: what was written then. */
  texts: { [language: string]: { headline: string; text: string; safe: string } }
  record: { [key: string]: Json } | null
  series: { [key: string]: Json }[]
}

/** A snapshot as it is downloaded: content and what proves it. */
export interface SnapshotFile {
  id: string
  url: string
  takenAt: string
  hash: { algorithm: 'SHA-256'; canonicalization: 'RFC 8785'; value: string }
  content: Json
}

/** Digits of the hash that make the address: 80 bits. */
const ID_DIGITS = 20

export interface Frozen {
  id: string
  hash: string
  /** Canonical JSON. */
  text: string
}

/** The canonical text of a content, its hash, and the address that follows from it: equal content has one address. */
export async function freeze(content: Json): Promise<Frozen> {
  const text = canonicalJson(content)
  const hash = await sha256(text)
  return { id: hash.slice(0, ID_DIGITS), hash, text }
}

export type Verification = { isGenuine: true; id: string; hash: string } | { isGenuine: false; reason: string }

/** Whether a downloaded snapshot is, to the last figure, what its hash and address say. */
export async function verifySnapshot(text: string): Promise<Verification> {
  let file: Partial<SnapshotFile>
  try {
    file = JSON.parse(text)
  } catch {
    return { isGenuine: false, reason: 'this is not JSON' }
  }
  if (typeof file !== 'object' || file === null || file.content === undefined || typeof file.hash?.value !== 'string')
    return { isGenuine: false, reason: 'this is not a snapshot: it lacks `content` or `hash.value`' }
  const { id, hash } = await freeze(file.content)
  if (hash !== file.hash.value)
    return { isGenuine: false, reason: `the content hashes to ${hash}, and the file says ${file.hash.value}` }
  if (id !== file.id) return { isGenuine: false, reason: `the address belongs to ${id}, and the file says ${file.id}` }
  return { isGenuine: true, id, hash }
}

/**
 * API keys: `outcry_live_` + 27 characters of randomness (160 bits) + 6 characters of checksum, all base 62. The fixed
 * start lets secret scanners find a leaked key, the checksum lets them (and us) discard a mistyped one without a database.
 */

export const KEY_SCOPES = ['read', 'webhooks', 'report'] as const

export type KeyScope = (typeof KEY_SCOPES)[number]

/** What a key may use; a minute and a day are those of UTC. */
export interface KeyQuota {
  perMinute: number
  perDay: number
}

export const DEFAULT_QUOTA: KeyQuota = { perMinute: 6_000, perDay: 1_000_000 }

/** Weight ceiling of a partner's reports, in thousandths: half a person's own word, until trust was earned. */
export const DEFAULT_TRUST = 500

/** An issued key as everything but its owner knows it. */
export interface ApiKey {
  id: string
  /** First characters, by which its owner recognises it. */
  hint: string
  name: string
  scopes: readonly KeyScope[]
  quota: KeyQuota
  /** Weight ceiling of reports that come with it, in thousandths. */
  trust: number
  createdAt: Date
  /** Day in UTC, `YYYY-MM-DD`; `null` when never used. */
  lastUsedOn: string | null
  revokedAt: Date | null
}

/** Bytes of randomness that `formatKey` asks for. */
export const KEY_RANDOM_BYTES = 20

const PREFIX = 'outcry_live_'
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BODY_LENGTH = 27
const CHECKSUM_LENGTH = 6
const SHAPE = new RegExp(`^${PREFIX}[0-9A-Za-z]{${BODY_LENGTH + CHECKSUM_LENGTH}}$`)

/** A key out of 20 random bytes; shown to its owner once and never stored. */
export function formatKey(random: Uint8Array): string {
  if (random.length !== KEY_RANDOM_BYTES) throw new RangeError(`a key needs ${KEY_RANDOM_BYTES} bytes`)
  let number = 0n
  for (const byte of random) number = (number << 8n) | BigInt(byte)
  const body = toBase62(number, BODY_LENGTH)
  return `${PREFIX}${body}${checksumOf(body)}`
}

/** Whether a text has the shape of a key and its checksum fits; says nothing about whether it was ever issued. */
export function isWellFormedKey(text: string): boolean {
  if (!SHAPE.test(text)) return false
  const body = text.slice(PREFIX.length, PREFIX.length + BODY_LENGTH)
  return constantTimeEqual(checksumOf(body), text.slice(PREFIX.length + BODY_LENGTH))
}

/** What is stored of a key: SHA-256, 64 hexadecimal digits. With 160 random bits there is nothing for a slow hash to protect. */
export async function hashKey(key: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Part of the hash by which a key is looked up; the rest is compared in constant time, so that an index leaks nothing useful. */
export function lookupOf(hash: string): string {
  return hash.slice(0, 16)
}

/** What an owner recognises a key by in lists: its first characters. */
export function hintOf(key: string): string {
  return `${key.slice(0, PREFIX.length + 4)}…`
}

/** Takes as long for texts that differ in the first character as for equal ones; the length is no secret. */
export function constantTimeEqual(a: string, b: string): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

/** The token of an `Authorization: Bearer …` field; `null` where there is none. Keys in addresses end up in logs: header only. */
export function bearerOf(authorization: string | null | undefined): string | null {
  const match = /^Bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')
  return match?.[1] ?? null
}

function toBase62(number: bigint, length: number): string {
  let rest = number
  let text = ''
  for (let i = 0; i < length; i++) {
    text = ALPHABET[Number(rest % 62n)] + text
    rest /= 62n
  }
  return text
}

function checksumOf(body: string): string {
  return toBase62(BigInt(crc32(body)), CHECKSUM_LENGTH)
}

/** CRC-32 as in zip and Ethernet (polynomial 0xEDB88320, reflected), of ASCII text. */
export function crc32(text: string): number {
  let crc = 0xffffffff
  for (let i = 0; i < text.length; i++) {
    crc ^= text.charCodeAt(i)
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1
  }
  return (crc ^ 0xffffffff) >>> 0
}

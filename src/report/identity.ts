import { hash } from 'node:crypto'
import ipaddr from 'ipaddr.js'
import type { Identity } from '../ports.ts'
import { addMs, HOUR, MINUTE } from '../time.ts'

/** Around midnight UTC a person is known under both days' salts for this long, so that nobody votes twice. */
const OVERLAP_MS = 40 * MINUTE

/** Base64 characters kept of a hash: their 96 bits make a collision among a billion reporters a day unlikely (1 in 10^11). */
const HASH_CHARACTERS = 16

export interface Prefixes {
  reporter: string
  network: string
  widerNetwork: string
}

/** What an address is counted as: IPv4 /32, /24, /16; IPv6 /64, /48, /32. An IPv4 address in IPv6 clothes is an IPv4 address. */
export function prefixesOf(address: string): Prefixes {
  const parsed = ipaddr.process(address.replace(/%.*$/, ''))
  const cut = (bits: number) => {
    const bytes = parsed.toByteArray()
    return `${parsed.kind()}/${bits}:${bytes.slice(0, bits / 8).join('.')}`
  }
  return parsed.kind() === 'ipv4'
    ? { reporter: cut(32), network: cut(24), widerNetwork: cut(16) }
    : { reporter: cut(64), network: cut(48), widerNetwork: cut(32) }
}

/** Day of the salt in force, and the neighbouring day whose salt counts as well, near midnight UTC. */
export function saltDays(now: Date): { day: string; otherDay: string | null } {
  const day = dayOf(now)
  const before = dayOf(addMs(now, -OVERLAP_MS))
  const after = dayOf(addMs(now, OVERLAP_MS))
  return { day, otherDay: before !== day ? before : after !== day ? after : null }
}

/** Salts of days before this one have served and are destroyed. */
export function oldestUsefulDay(now: Date): string {
  return dayOf(addMs(now, -HOUR))
}

function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10)
}

export function identityOf(address: string, salt: string, otherSalt: string | null, asn: number | null): Identity {
  const { reporter, network, widerNetwork } = prefixesOf(address)
  return {
    reporter: keyedHash(salt, reporter),
    otherReporter: otherSalt === null ? null : keyedHash(otherSalt, reporter),
    network: keyedHash(salt, network),
    widerNetwork: keyedHash(salt, widerNetwork),
    asn,
  }
}

/** Networks that the reporters of one partner are spread over; all of them within one wider network. */
const PARTNER_NETWORKS = 16

/**
 * Who a partner's reporter is counted as: apart from every other source, under the same salts. All of a partner's reporters lie
 * in one wider network, so that whatever it sends weighs as much as one /16 and is not diverse enough to confirm a spike.
 *
 * @param source id of the partner's key
 * @param reporter what the partner calls its reporter; opaque to us
 */
export function partnerIdentityOf(source: string, reporter: string, salt: string, otherSalt: string | null): Identity {
  const name = `partner/${source}/reporter/${reporter}`
  const bucket = Number.parseInt(hash('sha256', salt + name, 'hex').slice(0, 2), 16) % PARTNER_NETWORKS
  return {
    reporter: keyedHash(salt, name),
    otherReporter: otherSalt === null ? null : keyedHash(otherSalt, name),
    network: keyedHash(salt, `partner/${source}/network/${bucket}`),
    widerNetwork: keyedHash(salt, `partner/${source}`),
    asn: null,
  }
}

/**
 * The salt is secret, of fixed length and ahead of the text, and most of the digest is cut off, so that SHA-256 serves as a keyed
 * hash (as SHA-512/256 does); an HMAC object for each of three hashes cost more than the rest of the identity.
 */
function keyedHash(salt: string, text: string): string {
  return hash('sha256', salt + text, 'base64url').slice(0, HASH_CHARACTERS)
}

/** Tells whether a request is the one that came before, without keeping what it said. */
export function requestHashOf(request: unknown): string {
  return hash('sha256', JSON.stringify(request), 'base64url')
}

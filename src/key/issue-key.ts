import { audit } from '../audit/queries.ts'
import type { Storage } from '../storage/database.ts'
import {
  type ApiKey,
  formatKey,
  hashKey,
  hintOf,
  KEY_RANDOM_BYTES,
  type KeyQuota,
  type KeyScope,
  lookupOf,
} from './key.ts'
import { insertKey, revokeKey } from './queries.ts'

export interface KeyOrder {
  name: string
  scopes: readonly KeyScope[]
  quota: KeyQuota
  /** Weight ceiling of reports that come with it, in thousandths. */
  trust: number
}

/** Issues a key. Its text is in this answer and nowhere else. @param actor who asked, for the audit log */
export async function issueKey(
  { storage }: { storage: Storage },
  order: KeyOrder,
  actor: string,
): Promise<{ issued: ApiKey; key: string }> {
  const key = formatKey(crypto.getRandomValues(new Uint8Array(KEY_RANDOM_BYTES)))
  const hash = await hashKey(key)
  const id = `key_${crypto.randomUUID().replaceAll('-', '').slice(0, 20)}`
  const issued = await storage.transaction(async (run) => {
    const stored = await insertKey(run, { ...order, id, hash, lookup: lookupOf(hash), hint: hintOf(key) })
    await audit(run, { actor, action: 'key.issued', subject: id, data: { name: order.name, scopes: order.scopes } })
    return stored
  })
  return { issued, key }
}

/** @returns whether there was such a key in force */
export function withdrawKey({ storage }: { storage: Storage }, id: string, actor: string): Promise<boolean> {
  return storage.transaction(async (run) => {
    const isRevoked = await revokeKey(run, id)
    if (isRevoked) await audit(run, { actor, action: 'key.revoked', subject: id })
    return isRevoked
  })
}

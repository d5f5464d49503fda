import { randomBytes } from 'node:crypto'
import type { Run } from '../storage/database.ts'

/** The salt of a day, made by whichever replica needs it first. */
export async function saltOf(run: Run, day: string): Promise<string> {
  const [row] = await run<{ salt: string }>(
    `with made as (insert into reporter_salts (day, salt) values ($1::date, $2) on conflict do nothing returning salt)
     select salt from made union all select salt from reporter_salts where day = $1::date limit 1`,
    [day, randomBytes(32).toString('base64')],
  )
  // Lost the race to another replica whose row this statement's snapshot does not see yet.
  if (row === undefined) return saltOf(run, day)
  return row.salt
}

/** Remembers salts in memory, so that identity costs a query a day. */
export function createSaltKeeper(run: Run) {
  const known = new Map<string, Promise<string>>()
  return (day: string): Promise<string> => {
    const kept = known.get(day)
    if (kept) return kept
    for (const old of known.keys()) if (known.size > 2) known.delete(old)
    const asked = saltOf(run, day)
    asked.catch(() => known.delete(day))
    known.set(day, asked)
    return asked
  }
}

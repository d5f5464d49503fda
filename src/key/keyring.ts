import { AppError } from '../errors.ts'
import { LimitExceeded, limitHeaders, type PolicyAnswer } from '../http/limit.ts'
import type { LimitAnswer, Ports } from '../ports.ts'
import { DAY, MINUTE, SECOND } from '../time.ts'
import { type ApiKey, bearerOf, constantTimeEqual, hashKey, isWellFormedKey, type KeyScope, lookupOf } from './key.ts'
import { addUsage, findKeys, readUsage, type UsageAddition } from './queries.ts'

/** For so long a replica may go on with a key that another one revoked. */
const REMEMBER_MS = 10 * SECOND

/** Keys remembered at a time, those that nobody issued among them. */
const MOST_REMEMBERED = 10_000

/** Who presents a key, and what it may still use. Looks into the database once in a while, never for each request. */
export interface Keyring {
  /**
   * The key of an `Authorization: Bearer` field; `null` where there is none. Other schemes are not ours: a proxy in front of a
   * closed instance asks for its own.
   *
   * @throws AppError `unauthorized` for anything that is not a key in force
   */
  authenticate(authorization: string | null): Promise<ApiKey | null>
  /**
   * Takes one request from the quota of a minute and that of a day.
   *
   * @returns the limit fields of the answer
   * @throws LimitExceeded
   */
  take(key: ApiKey): Promise<Record<string, string>>
  /** Notes reports that came with a key. */
  noteReports(key: ApiKey, count: number): void
  /** How the quota of the day stands, this process's latest requests included. */
  day(key: ApiKey): Promise<LimitAnswer>
  /** Writes down what was used since the last time. */
  flush(): Promise<void>
  /** Drops what is remembered of keys, after one was revoked here. */
  forget(): void
}

const BEARER = /^Bearer\b/i

interface DayMeter {
  day: string
  /** Requests of the day as the database knew them. */
  known: number
  pending: UsageAddition
}

export function createKeyring({ storage, limiter, now }: Pick<Ports, 'storage' | 'limiter' | 'now'>): Keyring {
  const remembered = new Map<string, { key: Promise<ApiKey | null>; untilMs: number }>()
  const meters = new Map<string, { day: string; ready: Promise<DayMeter> }>()
  /** What was used on days that are over and is not written down yet. */
  let left: UsageAddition[] = []

  const lookUp = async (hash: string): Promise<ApiKey | null> => {
    const candidates = await findKeys(storage.run, lookupOf(hash))
    return candidates.find((candidate) => constantTimeEqual(candidate.hash, hash)) ?? null
  }

  const meterOf = ({ id }: ApiKey): Promise<DayMeter> => {
    const day = now().toISOString().slice(0, 10)
    const current = meters.get(id)
    if (current?.day === day) return current.ready
    current?.ready.then(
      ({ pending }) => left.push(pending),
      () => {},
    )
    const ready = readUsage(storage.run, id, 1).then(([latest]) => ({
      day,
      known: latest?.day === day ? latest.requests : 0,
      pending: { keyId: id, day, requests: 0, refused: 0, reports: 0 },
    }))
    ready.catch(() => meters.delete(id))
    meters.set(id, { day, ready })
    return ready
  }

  const dayAnswer = ({ quota }: ApiKey, { known, pending }: DayMeter, wanted: number): LimitAnswer => {
    const used = known + pending.requests
    const sinceMidnight = now().getTime() % DAY
    return {
      isAllowed: used + wanted <= quota.perDay,
      limit: quota.perDay,
      remaining: Math.max(0, quota.perDay - used - wanted),
      resetSeconds: Math.ceil((DAY - sinceMidnight) / SECOND),
      windowSeconds: DAY / SECOND,
    }
  }

  return {
    async authenticate(authorization) {
      if (authorization === null || !BEARER.test(authorization)) return null
      const text = bearerOf(authorization)
      if (text === null || !isWellFormedKey(text))
        throw new AppError('unauthorized', 'The Authorization field must be `Bearer` and a key of this service.')
      const hash = await hashKey(text)
      const nowMs = now().getTime()
      let entry = remembered.get(hash)
      if (entry === undefined || entry.untilMs <= nowMs) {
        const key = lookUp(hash)
        entry = { key, untilMs: nowMs + REMEMBER_MS }
        key.catch(() => remembered.delete(hash))
        remembered.delete(hash)
        remembered.set(hash, entry)
        if (remembered.size > MOST_REMEMBERED) remembered.delete(remembered.keys().next().value!)
      }
      const key = await entry.key
      if (key === null) throw new AppError('unauthorized', 'This key was not issued here, or was revoked.')
      return key
    },
    async take(key) {
      const meter = await meterOf(key)
      const policies: PolicyAnswer[] = [{ name: 'key-day', answer: dayAnswer(key, meter, 1) }]
      // What the day refuses must not use up the minute.
      if (policies[0]!.answer.isAllowed)
        policies.unshift({
          name: 'key-minute',
          answer: await limiter.consume('key-minute', key.id, 1, {
            points: key.quota.perMinute,
            seconds: MINUTE / SECOND,
          }),
        })
      if (policies.some(({ answer }) => !answer.isAllowed)) {
        meter.pending.refused++
        throw new LimitExceeded(policies)
      }
      meter.pending.requests++
      return limitHeaders(policies)
    },
    noteReports(key, count) {
      void meterOf(key).then(
        ({ pending }) => {
          pending.reports += count
        },
        () => {},
      )
    },
    day: async (key) => dayAnswer(key, await meterOf(key), 0),
    async flush() {
      const open = await Promise.all([...meters.values()].map(({ ready }) => ready))
      const leaving = left
      left = []
      // Copies: requests go on being noted while the statement runs.
      const additions = [...leaving, ...open.map(({ pending }) => ({ ...pending }))].filter(hasUse)
      if (additions.length === 0) return
      let totals: Awaited<ReturnType<typeof addUsage>>
      try {
        totals = await addUsage(storage.run, merged(additions))
      } catch (error) {
        left.push(...leaving)
        throw error
      }
      for (const meter of open) {
        const isOwn = ({ keyId, day }: { keyId: string; day: string }) =>
          keyId === meter.pending.keyId && day === meter.day
        const added = additions.find((addition) => isOwn(addition) && !leaving.includes(addition))
        if (added === undefined) continue
        meter.pending.requests -= added.requests
        meter.pending.refused -= added.refused
        meter.pending.reports -= added.reports
        meter.known = totals.find(isOwn)?.requests ?? meter.known
      }
    },
    forget: () => remembered.clear(),
  }
}

export const showsKey = (request: Request) => BEARER.test(request.headers.get('authorization') ?? '')

/** @throws AppError `unauthorized` without a key, `forbidden` when its scopes are others */
export async function requireScope(keyring: Keyring, request: Request, scope: KeyScope): Promise<ApiKey> {
  const key = await keyring.authenticate(request.headers.get('authorization'))
  if (key === null) throw new AppError('unauthorized', 'This needs a key, as `Authorization: Bearer outcry_live_…`.')
  if (!key.scopes.includes(scope)) throw new AppError('forbidden', `This needs a key with the scope "${scope}".`)
  return key
}

const hasUse = ({ requests, refused, reports }: UsageAddition) => requests + refused + reports > 0

/** One row a key and day: a statement may not touch a row twice. */
function merged(additions: UsageAddition[]): UsageAddition[] {
  const rows = new Map<string, UsageAddition>()
  for (const addition of additions) {
    const at = `${addition.keyId} ${addition.day}`
    const row = rows.get(at)
    if (row === undefined) rows.set(at, { ...addition })
    else {
      row.requests += addition.requests
      row.refused += addition.refused
      row.reports += addition.reports
    }
  }
  return [...rows.values()]
}

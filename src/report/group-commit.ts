import { AppError } from '../errors.ts'
import { isDatabaseAway } from '../storage/database.ts'

export interface GroupCommitOptions {
  /** Most items in one statement. */
  maxBatch: number
  /** Statements under way at a time. */
  maxInFlight: number
  /** Items that may wait; one more is refused at once. */
  maxWaiting: number
  /** Longest an item waits for its answer, in milliseconds. */
  deadlineMs: number
}

/**
 * One statement at a time: in an outage most reports touch the same counts, so that a second statement would wait for the first one's
 * commit. Two at a time took 0.82 of the reports that one takes.
 */
export const GROUP_COMMIT: GroupCommitOptions = { maxBatch: 500, maxInFlight: 1, maxWaiting: 20_000, deadlineMs: 8_000 }

interface Waiting<Item, Answer> {
  item: Item
  resolve(answer: Answer): void
  reject(error: unknown): void
  /** When the answer is due, by the timer's clock. */
  dueAt: number
}

/**
 * Group commit: what arrives while a slot is busy shares the next statement, so under pressure the batch grows instead of
 * the queue. No timer delays a lone item. Each item has its own answer, or a failure that says when to come back.
 */
export function createGroupCommit<Item, Answer>(
  commit: (items: Item[]) => Promise<Answer[]>,
  options: GroupCommitOptions = GROUP_COMMIT,
  timer: { now(): number; after(ms: number, run: () => void): void } = {
    now: () => performance.now(),
    after: (ms, run) => void setTimeout(run, ms).unref?.(),
  },
) {
  const queue: Waiting<Item, Answer>[] = []
  let inFlight = 0
  let isSweeping = false

  const overloaded = () =>
    new AppError('overloaded', 'Reports cannot be stored right now. Try again shortly.', { retryAfterSeconds: 5 })

  /** Refuses what has waited too long while every slot hangs. */
  const sweep = () => {
    const now = timer.now()
    while (queue.length > 0 && queue[0]!.dueAt <= now) queue.shift()!.reject(overloaded())
    isSweeping = queue.length > 0
    if (isSweeping) timer.after(Math.max(50, queue[0]!.dueAt - now), sweep)
  }

  const flush = () => {
    while (inFlight < options.maxInFlight && queue.length > 0) void send(queue.splice(0, options.maxBatch))
  }

  const send = async (batch: Waiting<Item, Answer>[]) => {
    inFlight++
    let isSettled = false
    timer.after(Math.max(0, batch[0]!.dueAt - timer.now()), () => {
      if (!isSettled) for (const { reject } of batch) reject(overloaded())
    })
    try {
      const answers = await commit(batch.map(({ item }) => item))
      for (const [index, { resolve }] of batch.entries()) resolve(answers[index]!)
    } catch (error) {
      await oneByOne(batch, error)
    } finally {
      isSettled = true
      inFlight--
      flush()
    }
  }

  /** A statement that failed for one item must not take the others with it. */
  const oneByOne = async (batch: Waiting<Item, Answer>[], error: unknown) => {
    if (batch.length === 1 || isDatabaseAway(error)) {
      for (const { reject } of batch) reject(overloaded())
      return
    }
    for (const { item, resolve, reject, dueAt } of batch) {
      if (dueAt <= timer.now()) reject(overloaded())
      else
        await commit([item]).then(
          ([answer]) => resolve(answer!),
          () => reject(overloaded()),
        )
    }
  }

  return {
    take(item: Item): Promise<Answer> {
      if (queue.length >= options.maxWaiting) return Promise.reject(overloaded())
      return new Promise<Answer>((resolve, reject) => {
        queue.push({ item, resolve, reject, dueAt: timer.now() + options.deadlineMs })
        // One turn of the loop lets the requests of the same packet share a statement.
        if (inFlight < options.maxInFlight) setImmediateOrSoon(flush)
        else if (!isSweeping) {
          isSweeping = true
          timer.after(options.deadlineMs, sweep)
        }
      })
    },
    /** Ends when nothing waits and nothing is under way. */
    async drained(): Promise<void> {
      while (queue.length > 0 || inFlight > 0) await new Promise((resolve) => timer.after(10, () => resolve(undefined)))
    },
    waiting: () => queue.length,
  }
}

const setImmediateOrSoon: (run: () => void) => void =
  typeof setImmediate === 'function' ? (run) => void setImmediate(run) : (run) => void queueMicrotask(run)

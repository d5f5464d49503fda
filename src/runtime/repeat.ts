import type { Log } from '../ports.ts'

/**
 * Does a piece of work again and again, never twice at a time: the wait is counted from one beginning to the next, and one that
 * failed is logged and tried again at its next turn.
 *
 * @returns stops it, and waits for the piece under way
 */
export function repeat(everyMs: number, work: () => Promise<void>, log: Log): () => Promise<void> {
  let isStopped = false
  let timer: NodeJS.Timeout | undefined
  let underWay: Promise<void> = Promise.resolve()

  const turn = () => {
    const startedMs = performance.now()
    underWay = work()
      .catch((error) => log.error({ err: error }, 'work that repeats has failed; it is tried again'))
      .then(() => {
        if (!isStopped) timer = setTimeout(turn, Math.max(0, everyMs - (performance.now() - startedMs)))
      })
  }
  turn()
  return () => {
    isStopped = true
    clearTimeout(timer)
    return underWay
  }
}

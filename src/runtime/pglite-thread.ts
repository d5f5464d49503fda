import { Worker } from 'node:worker_threads'
import type { RawPglite } from '../storage/open-pglite.ts'
import type { WorkerAnswer, WorkerRequest } from './pglite-worker.ts'

/** A PGlite in a thread of its own. @param program the built `pglite-worker.js` */
export function inWorkerThread(program: URL, dataDir: string): RawPglite {
  const worker = new Worker(program, { workerData: { dataDir } })
  const waiting = new Map<number, { resolve: (result: { rows: unknown[] }) => void; reject: (error: Error) => void }>()
  let lastId = 0
  let failure: Error | null = null

  const failAll = (error: Error) => {
    failure = error
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (answer: WorkerAnswer) => {
    const asked = waiting.get(answer.id)
    waiting.delete(answer.id)
    if ('error' in answer) asked?.reject(Object.assign(new Error(answer.error), { code: answer.code }))
    else asked?.resolve(answer.result)
  })
  worker.on('error', (error) => failAll(error as Error))
  worker.on('exit', (code) => failAll(new Error(`the embedded database ended (status ${code})`)))

  const ask = (request: { query: Parameters<RawPglite['query']>[0] } | { close: true }) =>
    new Promise<{ rows: unknown[] }>((resolve, reject) => {
      if (failure) return reject(failure)
      const id = ++lastId
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, ...request } as WorkerRequest)
    })
  return {
    query: (query) => ask({ query }),
    close: async () => {
      await ask({ close: true })
    },
  }
}

/** The thread in which the embedded database lives, so that a long statement does not keep requests waiting. */
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import { inThisThread, type RawQuery } from '../storage/open-pglite.ts'

export type WorkerRequest = { id: number; query: RawQuery } | { id: number; close: true }
export type WorkerAnswer =
  | { id: number; result: { rows: unknown[] } }
  | { id: number; error: string; code: string | null }

const port = parentPort!
const raw = inThisThread(await PGlite.create(workerData.dataDir as string))

port.on('message', async (request: WorkerRequest) => {
  try {
    if ('close' in request) {
      await raw.close()
      port.postMessage({ id: request.id, result: { rows: [] } } satisfies WorkerAnswer)
      port.close()
      return
    }
    const { rows } = await raw.query(request.query)
    port.postMessage({ id: request.id, result: { rows } } satisfies WorkerAnswer)
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    port.postMessage({ id: request.id, error: message, code: code ?? null } satisfies WorkerAnswer)
  }
})

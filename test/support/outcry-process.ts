import { type ChildProcess, spawn } from 'node:child_process'

export interface Ended {
  /** Exit status, or the signal that ended it. */
  status: number | NodeJS.Signals
  stdout: string
  stderr: string
}

/** The program as people start it, in a process of its own. */
export interface OutcryProcess {
  child: ChildProcess
  /** Where it answers, once it says so; rejects when it ends before. */
  answers: Promise<string>
  ended: Promise<Ended>
}

const running = new Set<ChildProcess>()

export function startOutcry(environment: Record<string, string>, args: string[] = ['serve']): OutcryProcess {
  const child = spawn(process.execPath, ['dist/outcry.js', ...args], {
    env: { PATH: process.env.PATH, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  const said = { stdout: '', stderr: '' }
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child)
      resolve({ status: code ?? signal!, ...said })
    })
  })
  const answers = new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said.stdout += text
      const url = /^Outcry answers on (\S+)$/m.exec(said.stdout)?.[1]
      if (url) resolve(url)
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      said.stderr += text
    })
    void ended.then(({ status, stderr }) => reject(new Error(`it ended with ${status}: ${stderr}`)))
  })
  answers.catch(() => {})
  return { child, answers, ended }
}

/** For after a test that failed half-way. */
export async function endAll(): Promise<void> {
  const gone = [...running].map((child) => new Promise((resolve) => child.once('close', resolve)))
  for (const child of running) child.kill('SIGKILL')
  await Promise.all(gone)
}

/** Sends reports of ever new people until told to stop; each that was acknowledged is kept with its answer. */
export function reportSteadily(url: string, slug: string, { atATime = 16, firstPerson = 0 } = {}) {
  const acknowledged: { from: string; id: string }[] = []
  let sent = 0
  let person = firstPerson
  let isStopped = false
  const unforeseen: string[] = []
  const sender = async () => {
    while (!isStopped) {
      const n = person++
      const from = `${30 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}.9`
      sent++
      try {
        const response = await sendReport(url, slug, from)
        if (response.status !== 201) {
          unforeseen.push(`${response.status} ${await response.text()}`)
          continue
        }
        acknowledged.push({ from, id: ((await response.json()) as { id: string }).id })
      } catch {
        // The process is gone, and this report was not acknowledged.
        return
      }
    }
  }
  const senders = Promise.all(Array.from({ length: atATime }, sender))
  return {
    acknowledged,
    unforeseen,
    sent: () => sent,
    async stop() {
      isStopped = true
      await senders
    },
    ended: senders,
  }
}

export const sendReport = (url: string, service: string, from: string) =>
  fetch(`${url}/v1/reports`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': from },
    body: JSON.stringify({ service, errorType: 'unavailable' }),
  })

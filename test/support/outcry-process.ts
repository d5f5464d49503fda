import { spawn } from 'node:child_process'

/** `outcry serve` as a process of its own, as people run it. */
export interface OutcryProcess {
  /** Address that it answers on, once it says so; fails when it ends before. */
  url: Promise<string>
  /** What it has written so far, to both of its outputs. */
  said(): string
  kill(signal: 'SIGTERM' | 'SIGKILL'): void
  /** How it ended: its status, or `null` when a signal ended it. */
  ended: Promise<{ status: number | null; stdout: string; stderr: string }>
}

/** Runs what the last build left in `dist`, with nothing of the environment but `PATH`. */
export function serveInProcess(settings: Record<string, string>): OutcryProcess {
  const child = spawn(process.execPath, ['dist/outcry.js', 'serve'], {
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const ended: OutcryProcess['ended'] = new Promise((resolve) =>
    child.once('close', (status) => resolve({ status, stdout, stderr })),
  )
  const url = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      stdout += chunk
      const address = /^Outcry answers on (\S+)$/m.exec(stdout)?.[1]
      if (address !== undefined) resolve(address)
    })
    child.stderr.on('data', (chunk) => {
      stderr += chunk
    })
    void ended.then(({ status }) => reject(new Error(`outcry serve ended with ${status}: ${stderr}`)))
  })
  // Not everybody waits for an address.
  url.catch(() => {})
  return { url, said: () => stdout + stderr, kill: (signal) => void child.kill(signal), ended }
}

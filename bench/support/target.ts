import { type ChildProcess, fork } from 'node:child_process'
import { ask, programBeside } from './load.ts'

export type TargetKind = 'outcry' | 'outcry-without-storing' | 'hono-validating' | 'hono-answering' | 'node-http'

/** What `hono-answering` gives to whatever it is asked, in the environment variable `ANSWER`. */
export interface TargetAnswer {
  status: 200 | 304
  headers: Record<string, string>
  /** Base64. */
  body: string | null
}

export interface TargetReady {
  port: number
}

export interface TargetUsage {
  /** Processor time of the process so far. */
  cpuMs: number
  /** Database statements so far. */
  queries: number
}

export interface Target {
  port: number
  usage(): Promise<TargetUsage>
  stop(): Promise<void>
}

/** Starts one server under measurement. @param profile folder for a processor profile, written when it stops */
export async function startTarget(
  kind: TargetKind,
  environment: Record<string, string> = {},
  profile: string | null = null,
): Promise<Target> {
  const child = fork(programBeside('target-server.js'), {
    env: { ...process.env, LOG_LEVEL: 'error', HOST: '127.0.0.1', PORT: '0', ...environment, TARGET: kind },
    execArgv: profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`],
  })
  const { port } = await ready(child)
  return {
    port,
    usage: () => ask<TargetUsage>(child, {}),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

function ready(child: ChildProcess): Promise<TargetReady> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as TargetReady))
    child.once('exit', (code) => reject(new Error(`a server under measurement ended (status ${code})`)))
  })
}

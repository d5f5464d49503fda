import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createConnection } from 'node:net'
import { freePort } from './postgres-server.ts'

/** Redis or Valkey, where the machine has one: there is no package of the registry with its binary. */
const BINARY = ['valkey-server', 'redis-server'].find((name) => spawnSync(name, ['--version']).status === 0) ?? null

export const hasRedis = BINARY !== null

export class RedisServer {
  private process: ChildProcess | null = null

  private constructor(readonly port: number) {}

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort())
    await server.run()
    return server
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`
  }

  /** Takes it up on the same port, empty. */
  async run(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    this.process = spawn(BINARY!, settings, { stdio: 'ignore' })
    while (!(await answers(this.port)));
  }

  /** Ends it at once, as a crash would. */
  async kill(): Promise<void> {
    const { process } = this
    if (process === null) return
    const ended = once(process, 'exit')
    process.kill('SIGKILL')
    await ended
    this.process = null
  }

  /** Stops answering without closing a connection. */
  hang(): void {
    this.process?.kill('SIGSTOP')
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1')
    socket.once('connect', () => socket.end('PING\r\n'))
    socket.once('data', () => resolve(true))
    socket.once('error', () => resolve(false))
  })
}

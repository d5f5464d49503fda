import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
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
  json: 'application/json',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
}

/** Everything that pages load, as built: scripts, style sheet, font and icon, held in memory by name. */
export function readAssets(): Map<string, { body: Uint8Array<ArrayBuffer>; type: string }> {
  const assets = new Map<string, { body: Uint8Array<ArrayBuffer>; type: string }>()
  const folder = join(PROJECT_ROOT, 'dist/assets')
  if (!existsSync(folder)) return assets
  for (const name of readdirSync(folder)) {
    const type = TYPES[name.split('.').at(-1)!]
    if (type) assets.set(name, { body: new Uint8Array(readFileSync(join(folder, name))), type })
  }
  return assets
}

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
  svg: 'image/svg+xml',
}

/** Everything that pages load: the built islands and the style sheet, held in memory. */
export function readAssets(): Map<string, { body: string; type: string }> {
  const assets = new Map<string, { body: string; type: string }>()
  for (const folder of [join(PROJECT_ROOT, 'dist/assets'), join(PROJECT_ROOT, 'web/styles')]) {
    if (!existsSync(folder)) continue
    for (const name of readdirSync(folder)) {
      const type = TYPES[name.split('.').at(-1)!]
      if (type) assets.set(name, { body: readFileSync(join(folder, name), 'utf8'), type })
    }
  }
  return assets
}

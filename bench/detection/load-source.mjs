// Imports TypeScript of the project, bundled in memory, as plain `node` cannot.
import { build } from 'esbuild'

/** @param {string} path from the root of the project */
export async function loadSource(path) {
  const root = new URL('../../', import.meta.url)
  const result = await build({
    entryPoints: [new URL(path, root).pathname],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  })
  return import(`data:text/javascript;base64,${Buffer.from(result.outputFiles[0].contents).toString('base64')}`)
}

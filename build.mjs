// Bundles the program (packages stay outside, in node_modules) and what the browser runs. Takes well under a second, so
// `npm start` and `npm test` always run what the sources say.
import { existsSync, readdirSync } from 'node:fs'
import { build } from 'esbuild'

const islands = existsSync('web/islands') ? readdirSync('web/islands').filter((name) => name.endsWith('.ts')) : []
const shared = { bundle: true, logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'hono/jsx' }

await Promise.all([
  build({
    ...shared,
    entryPoints: ['src/cli/outcry.ts', 'src/runtime/pglite-worker.ts'].filter((path) => existsSync(path)),
    entryNames: '[name]',
    outdir: 'dist',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    loader: { '.sql': 'text', '.css': 'text' },
    banner: { js: '#!/usr/bin/env node' },
  }),
  build({
    ...shared,
    entryPoints: islands.map((name) => `web/islands/${name}`),
    outdir: 'dist/assets',
    format: 'esm',
    target: 'es2022',
    minify: true,
  }),
])

// Bundles the program (packages stay outside, in node_modules) and what the browser runs. Takes well under a second, so
// `npm start` and `npm test` always run what the sources say.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

const islands = existsSync('web/islands') ? readdirSync('web/islands').filter((name) => name.endsWith('.ts')) : []
const shared = { bundle: true, logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'hono/jsx' }
const forBrowser = {
  ...shared,
  format: 'esm',
  target: 'es2022',
  minify: true,
  metafile: true,
  outdir: 'dist/public/assets',
}

// Names of earlier builds would pile up, since each build names files by their content.
rmSync('dist/public', { recursive: true, force: true })
mkdirSync('dist/public/assets', { recursive: true })

const [, assets] = await Promise.all([
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
    ...forBrowser,
    entryPoints: [...islands.map((name) => `web/islands/${name}`), 'web/styles/outcry.css', 'web/styles/icon.svg'],
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets/',
    loader: { '.woff2': 'file', '.svg': 'copy' },
  }),
  // Its address must never change, or a browser would keep two.
  build({
    ...forBrowser,
    entryPoints: ['web/service-worker.ts'],
    entryNames: '[name]',
    format: 'iife',
    outdir: 'dist/public',
  }),
])

// What the edge platform draws pictures with: it has no fonts of its own.
mkdirSync('dist/public/fonts')
for (const name of readdirSync('web/fonts').filter((name) => name.endsWith('.ttf')))
  copyFileSync(`web/fonts/${name}`, `dist/public/fonts/${name}`)

// By plain name, what a page links to: `outcry.css` is `/assets/outcry-5GQ2KX3A.css`.
const names = {}
for (const [path, { entryPoint, inputs }] of Object.entries(assets.metafile.outputs)) {
  const plain = basename(entryPoint ?? Object.keys(inputs)[0]).replace(/\.ts$/, '.js')
  names[plain === 'inter-latin-wght-normal.woff2' ? 'inter.woff2' : plain] = `/assets/${basename(path)}`
}
writeFileSync('dist/public/assets/manifest.json', JSON.stringify(names))

// Read by the edge platform, which serves these files itself.
writeFileSync(
  'dist/public/_headers',
  '/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n  X-Content-Type-Options: nosniff\n/fonts/*\n  Cache-Control: public, max-age=86400\n/service-worker.js\n  Cache-Control: public, max-age=300\n',
)

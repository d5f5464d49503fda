// Builds and runs one measurement: `node bench/run.mjs intake`. What it prints is the result; it listens and sends on 127.0.0.1 alone.
import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { build } from 'esbuild'

const [name, ...options] = process.argv.slice(2)
const known = readdirSync('bench')
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, ''))
if (!known.includes(name)) {
  console.error(`Usage: node bench/run.mjs ${known.join(' | ')} [OPTIONS]`)
  process.exit(2)
}
if (!existsSync('dist/outcry.js')) await import('../build.mjs')

await build({
  entryPoints: [
    `bench/${name}.ts`,
    'bench/support/load-worker.ts',
    'bench/support/target-server.ts',
    'src/runtime/pglite-worker.ts',
  ],
  entryNames: '[name]',
  outdir: 'dist/bench',
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  sourcemap: true,
  jsx: 'automatic',
  jsxImportSource: 'hono/jsx',
  loader: { '.sql': 'text', '.css': 'text' },
  logLevel: 'warning',
})
const run = spawn(process.execPath, ['--enable-source-maps', `dist/bench/${name}.js`, ...options], { stdio: 'inherit' })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => run.kill(signal))
run.on('exit', (code) => process.exit(code ?? 1))

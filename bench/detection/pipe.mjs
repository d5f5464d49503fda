// Rows a second through `outcry detect`: `node bench/detection/pipe.mjs [--rows 3000000]`. Bound: 500,000 on one core.
import { once } from 'node:events'
import { Readable, Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { loadSource } from './load-source.mjs'

const { values } = parseArgs({ options: { rows: { type: 'string', default: '3000000' } } })
const ROWS = Number(values.rows)
const SERIES = 10
const START = Date.parse('2026-01-05T00:00:00Z')

const { detect } = await loadSource('src/cli/detect.ts')
let state = 1
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return (state + 0.5) / 4294967296
}
const chunks = []
for (let series = 0, text = 'series,timestamp,count\n'; series < SERIES; series++) {
  const rate = 0.01 * 2.5 ** series
  for (let i = 0; i < ROWS / SERIES; i++) {
    const mean = rate * (1 + 0.6 * Math.cos((i / 1440) * 2 * Math.PI))
    const count = Math.max(0, Math.round(mean + Math.sqrt(mean) * (random() + random() + random() - 1.5) * 2))
    text += `series-${series},${new Date(START + i * 60_000).toISOString().slice(0, 19)}Z,${count}\n`
    if (text.length > 65_000) {
      chunks.push(Buffer.from(text))
      text = ''
    }
  }
  chunks.push(Buffer.from(text))
  text = ''
}
let bytes = 0
const stdout = new Writable({
  write(chunk, _encoding, done) {
    bytes += chunk.length
    done()
  },
})
const begun = performance.now()
const status = await detect.run([], { stdin: Readable.from(chunks), stdout, stderr: process.stderr, env: {} })
stdout.end()
await once(stdout, 'finish')
const perSecond = ROWS / ((performance.now() - begun) / 1000)
console.log(`${ROWS} rows, ${(bytes / 2 ** 20).toFixed(0)} MB out: ${Math.round(perSecond)} rows a second`)
if (status !== 0 || perSecond < 500_000) process.exitCode = 1

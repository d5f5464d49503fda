// A million series advanced by one minute on one core: `node bench/detection/million-series.mjs [--series 1000000]`.
// Series are kept as their serialised text, as in the database. Those with reports in the minute are read, caught up on the
// quiet minutes since their last report, advanced and written back; so are the idle ones that still show some evidence.
// Bound: 10 s and 1 GB.
import { parseArgs } from 'node:util'
import { loadSource } from './load-source.mjs'

const { values } = parseArgs({ options: { series: { type: 'string', default: '1000000' } } })
const SERIES = Number(values.series)
const MINUTE = 60_000
const START = Date.parse('2026-01-05T00:00:00Z')
const HISTORY_MINUTES = 15 * 1440

// Reports a minute, and the part of all series that have them: few services are busy, most regions of most services are idle.
const TIERS = [
  { rate: 8, part: 0.001 },
  { rate: 0.3, part: 0.01 },
  { rate: 0.01, part: 0.1 },
  { rate: 0.0005, part: 0.389 },
  { rate: 0.00002, part: 0.5 },
]
const MODELS_A_TIER = 10

const { Detector } = await loadSource('src/detection/detector.ts')
let state = 1
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return (state + 0.5) / 4294967296
}
const poisson = (mean) => {
  let k = 0
  for (let p = Math.exp(-mean), sum = p, u = random(); u > sum && k < 200; sum += p) p *= mean / ++k
  return k
}

const models = TIERS.map(({ rate }) =>
  Array.from({ length: MODELS_A_TIER }, () => {
    const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC' })
    for (let i = 0; i < HISTORY_MINUTES; i++) {
      const count = poisson(rate * (1 + 0.5 * Math.cos((i / 1440) * 2 * Math.PI)))
      detector.advance(START + i * MINUTE, count)
    }
    return detector.serialise()
  }),
)
for (const [i, { rate }] of TIERS.entries())
  console.log(`a series of ${rate} reports a minute takes ${Math.max(...models[i].map((text) => text.length))} bytes`)

const rates = new Float32Array(SERIES)
const states = new Array(SERIES)
let bytes = 0
for (let i = 0, tier = 0, left = TIERS[0].part * SERIES; i < SERIES; i++, left--) {
  if (left <= 0) left += TIERS[++tier].part * SERIES
  rates[i] = TIERS[tier].rate
  // A copy of its own: shared text would take no room.
  states[i] = Buffer.from(models[tier][i % MODELS_A_TIER], 'latin1').latin1Slice()
  bytes += states[i].length
}
const now = START + (HISTORY_MINUTES + 60) * MINUTE
const counts = rates.map((rate) => poisson(rate))

const begun = performance.now()
let active = 0
for (let i = 0; i < SERIES; i++) {
  if (counts[i] === 0) continue
  active++
  const detector = Detector.deserialise(states[i], { bucketMs: MINUTE, timeZone: 'UTC' })
  detector.advanceQuiet(now)
  detector.advance(now, counts[i])
  states[i] = detector.serialise()
}
const seconds = (performance.now() - begun) / 1000
const gigabytes = process.memoryUsage().rss / 2 ** 30
console.log(
  `${SERIES} series, ${active} with news: ${seconds.toFixed(2)} s, ${gigabytes.toFixed(2)} GB resident, ${(bytes / SERIES).toFixed(0)} bytes a series`,
)
if (seconds > 10 || gigabytes > 1) process.exitCode = 1

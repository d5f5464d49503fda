import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Detector, METHOD_VERSION, type SeriesOptions, type Verdict } from '../../src/detection/detector.ts'
import { poisson, rhythm, uniform } from './count-stream.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const START = Date.parse('2026-01-05T00:00:00Z')

interface Rise {
  fromMs: number
  untilMs: number
  ratio: number
}

/** Runs a series of minutes and gives the verdicts of those from `watchMs` on, by time. */
function run(
  days: number,
  rate: number,
  rises: Rise[] = [],
  {
    seed = 1,
    watchMs = START,
    options = {} as Partial<SeriesOptions>,
    change = (count: number, _atMs: number) => count,
  } = {},
): { verdicts: Map<number, Verdict>; detector: Detector } {
  const random = uniform(seed)
  const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC', ...options })
  const verdicts = new Map<number, Verdict>()
  for (let at = START; at < START + days * DAY; at += MINUTE) {
    const ratio = rises.find(({ fromMs, untilMs }) => at >= fromMs && at < untilMs)?.ratio ?? 1
    const count = change(poisson(rate * rhythm(at) * ratio, random), at)
    const verdict = detector.advance(at, count)
    if (at >= watchMs) verdicts.set(at, verdict)
  }
  return { verdicts, detector }
}

const opened = (verdicts: Map<number, Verdict>) =>
  [...verdicts].filter(([, { level }]) => level === 'open').map(([at]) => at)

const OUTAGE = START + 16 * DAY + 14 * HOUR

test.each([
  [0.02, 60, 15],
  [0.5, 10, 6],
  [5, 4, 4],
  [40, 2, 4],
])('at %d reports a minute a rise to %d times opens within %d minutes', (rate, ratio, minutes) => {
  const outage = { fromMs: OUTAGE, untilMs: OUTAGE + HOUR, ratio }
  const { verdicts } = run(17, rate, [outage], { watchMs: OUTAGE - HOUR })

  const [first] = opened(verdicts)
  expect(first).toBeGreaterThanOrEqual(OUTAGE)
  expect(first).toBeLessThan(OUTAGE + minutes * MINUTE)
  expect(Math.abs(verdicts.get(first!)!.onsetMs! - OUTAGE)).toBeLessThan(10 * MINUTE)
})

test.each([0.02, 0.5, 5, 40])('two quiet weeks at %d reports a minute do not alarm', (rate) => {
  const { verdicts } = run(21, rate, [], { seed: 7, watchMs: START + WEEK })

  expect(opened(verdicts)).toEqual([])
})

test.each([5, 9, 15])('%d reports inside one minute are no outage', (burst) => {
  const { verdicts } = run(17, 0.03, [], {
    watchMs: OUTAGE - HOUR,
    change: (count, at) => (at === OUTAGE ? count + burst : count),
  })

  expect(opened(verdicts)).toEqual([])
})

test('an alarm closes within the hour after the outage', () => {
  const outage = { fromMs: OUTAGE, untilMs: OUTAGE + 2 * HOUR, ratio: 8 }
  const { verdicts } = run(17.5, 4, [outage], { watchMs: OUTAGE })

  const last = Math.max(...opened(verdicts))
  expect(last).toBeGreaterThan(outage.untilMs - 10 * MINUTE)
  expect(last).toBeLessThan(outage.untilMs + HOUR)
})

test('an outage in the history does not foretell itself a week later', () => {
  const outage = { fromMs: OUTAGE, untilMs: OUTAGE + 3 * HOUR, ratio: 12 }
  const again = OUTAGE + WEEK + HOUR
  const { verdicts } = run(24, 4, [outage], { watchMs: again - HOUR })

  const ordinary = 4 * rhythm(again)
  expect(verdicts.get(again)!.expected).toBeLessThan(1.25 * ordinary)
  expect(verdicts.get(again)!.expected).toBeGreaterThan(0.8 * ordinary)
})

test('the end of a holiday is no outage, and one that begins there is seen', () => {
  const holiday = { fromMs: START + 16 * DAY, untilMs: START + 17 * DAY, ratio: 0.4 }
  const after = { fromMs: holiday.untilMs, untilMs: holiday.untilMs + HOUR, ratio: 4 }

  expect(opened(run(18, 20, [holiday], { watchMs: holiday.fromMs }).verdicts)).toEqual([])
  const [first] = opened(run(18, 20, [after, holiday], { watchMs: holiday.fromMs }).verdicts)
  expect(first).toBeGreaterThanOrEqual(after.fromMs)
  expect(first).toBeLessThan(after.fromMs + 5 * MINUTE)
})

test.each([1, 2, 3, 4])('a collector that wakes up %d minutes into a block is no outage', (minutes) => {
  const woken = OUTAGE + minutes * MINUTE
  const { verdicts } = run(17, 60, [], {
    watchMs: OUTAGE - 6 * HOUR,
    change: (count, at) => (at >= OUTAGE - 5 * HOUR && at < woken ? 0 : count),
  })

  expect(opened(verdicts)).toEqual([])
})

test.each([
  [10, 1, 16],
  [10, 0.05, 100],
  [80, 0.2, 20],
])(
  'an outage in hour %d of a new series (%d a minute, %d times) stays open, and is not expected again',
  (hour, rate, ratio) => {
    const outage = { fromMs: START + hour * HOUR, untilMs: START + (hour + 3) * HOUR, ratio }
    const { verdicts } = run(1.5 + hour / 24, rate, [outage], { watchMs: outage.fromMs })

    const open = opened(verdicts).filter((at) => at < outage.untilMs)
    expect(open.length).toBeGreaterThan(120)
    expect(opened(verdicts).filter((at) => at > outage.untilMs + HOUR)).toEqual([])
    expect(verdicts.get(outage.untilMs + 5 * HOUR)!.expected).toBeLessThan(4 * rate)
  },
)

test('a rise that stays becomes the new normal', () => {
  const { verdicts } = run(19, 4, [{ fromMs: OUTAGE, untilMs: Number.POSITIVE_INFINITY, ratio: 2 }], {
    watchMs: OUTAGE,
  })

  expect(opened(verdicts)[0]).toBeLessThan(OUTAGE + HOUR)
  expect(opened(verdicts).filter((at) => at > OUTAGE + 30 * HOUR)).toEqual([])
})

test('a new nightly event is taken for usual after three nights, not after three weeks', () => {
  const nights = Array.from({ length: 10 }, (_, night) => {
    const fromMs = START + (28 + night) * DAY + 20 * HOUR
    return { fromMs, untilMs: fromMs + 3 * HOUR, ratio: 1.6 }
  })
  const { verdicts } = run(38, 20, nights)
  const openOn = ({ fromMs, untilMs }: Rise) => opened(verdicts).filter((at) => at >= fromMs && at < untilMs).length

  expect(nights.slice(0, 3).every((night) => openOn(night) > 120)).toBe(true)
  expect(nights.slice(3).reduce((total, night) => total + openOn(night), 0)).toBeLessThan(120)
})

test('what fails every night does not become usual', () => {
  const nights = Array.from({ length: 6 }, (_, night) => {
    const fromMs = START + (28 + night) * DAY + 20 * HOUR
    return { fromMs, untilMs: fromMs + HOUR, ratio: 20 }
  })
  const { verdicts } = run(34, 5, nights)

  for (const { fromMs, untilMs } of nights)
    expect(opened(verdicts).filter((at) => at >= fromMs && at < untilMs).length).toBeGreaterThan(50)
})

test('an outage of which fewer reports come, but still far too many, is one alarm', () => {
  const outage = [23, 39, 41, 50, 73, 54, 103, 95, 95, 118, ...Array.from({ length: 20 }, () => 8)]
  const { verdicts } = run(17, 0.1, [], {
    change: (count, at) => (at >= OUTAGE ? (outage[(at - OUTAGE) / MINUTE] ?? count) : count),
  })

  expect(outage.every((_, i) => verdicts.get(OUTAGE + i * MINUTE)!.level === 'open')).toBe(true)
})

test('from the first hour on a clear outage alarms', () => {
  const outage = { fromMs: START + 50 * MINUTE, untilMs: START + 2 * HOUR, ratio: 40 }
  const { verdicts } = run(0.1, 1, [outage])

  const [first] = opened(verdicts)
  expect(first).toBeGreaterThanOrEqual(outage.fromMs)
  expect(first).toBeLessThan(outage.fromMs + 10 * MINUTE)
})

test('a prior tells a new series what is ordinary for its kind', () => {
  const prior = { expectedPerBucket: 2, weight: 20 }
  const informed = new Detector({ bucketMs: MINUTE, prior })
  const blank = new Detector({ bucketMs: MINUTE })

  expect(informed.advance(START, 9).expected).toBeCloseTo(2, 6)
  expect(blank.advance(START, 9).expected).toBeGreaterThan(5)
})

/** The expectation after a while in which the counts of a series were replaced, or left out where `null`. */
function expectedAfter(rate: number, minutes: number, count: number | null): number {
  const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC' })
  const random = uniform(3)
  for (let at = START; at < OUTAGE; at += MINUTE) detector.advance(at, poisson(rate * rhythm(at), random))
  for (let i = 0; i < minutes && count !== null; i++) detector.advance(OUTAGE + i * MINUTE, count)
  return detector.advance(OUTAGE + minutes * MINUTE, 1).expected
}

test('an absent minute is a gap: it does not lower what is expected, while zeros do', () => {
  expect(expectedAfter(0.2, 30, null)).toBeGreaterThan(1.02 * expectedAfter(0.2, 30, 0))
})

test('silence where many reports were expected is a dead collector: it does not lower what is expected', () => {
  expect(expectedAfter(6, 240, 0)).toBeGreaterThan(0.8 * expectedAfter(6, 240, null))
})

test('a clock that jumps back or a bucket that comes late changes nothing', () => {
  const { detector } = run(9, 2)
  const before = detector.serialise()

  detector.advance(START + 8 * DAY, 500)

  expect(detector.serialise()).toBe(before)
})

test('a jump of the clock by a day opens no alarm', () => {
  const { detector } = run(15, 2)
  const later = START + 16 * DAY
  for (let at = later; at < later + HOUR; at += MINUTE) {
    expect(detector.advance(at, Math.round(2 * rhythm(at))).level).toBe('quiet')
  }
})

test('a smaller share of the budget asks for more evidence', () => {
  const outage = { fromMs: OUTAGE, untilMs: OUTAGE + HOUR, ratio: 3 }
  const whole = run(17, 2, [outage], { watchMs: OUTAGE })
  const part = run(17, 2, [outage], { watchMs: OUTAGE, options: { share: 0.001 } })

  expect(opened(part.verdicts)[0]).toBeGreaterThan(opened(whole.verdicts)[0]!)
})

test('the rhythm follows the wall clock of a zone through a clock change', () => {
  const spring = Date.parse('2026-03-09T00:00:00Z')
  const local = (at: number) => at + (at >= Date.parse('2026-03-29T01:00:00Z') ? 2 : 1) * HOUR
  const opens = (timeZone: string) => {
    const random = uniform(5)
    const detector = new Detector({ bucketMs: MINUTE, timeZone })
    let open = 0
    for (let at = spring; at < spring + 24 * DAY; at += MINUTE) {
      const busy = new Date(local(at)).getUTCHours() >= 8 ? 20 : 0.5
      if (detector.advance(at, poisson(busy, random)).level === 'open' && at > spring + 14 * DAY) open++
    }
    return open
  }

  expect(opens('Europe/Berlin')).toBe(0)
  expect(opens('UTC')).toBeGreaterThan(0)
})

test.each([1, -1])('where no zone is told, a clock change by %d hours is taken up by the second day', (hours) => {
  const from = Date.parse('2026-09-21T00:00:00Z')
  const change = Date.parse('2026-10-25T01:00:00Z')
  const random = uniform(8)
  const detector = new Detector({ bucketMs: MINUTE })
  let open = 0
  for (let at = from; at < change + 9 * DAY; at += MINUTE) {
    const local = at >= change ? at + hours * HOUR : at
    const isOpen = detector.advance(at, poisson(30 * rhythm(local), random)).level === 'open'
    if (isOpen && at > change + 2 * DAY) open++
  }
  expect(open).toBe(0)
})

test('heavy tails do not alarm all the time', () => {
  const random = uniform(11)
  const detector = new Detector({ bucketMs: 5 * MINUTE })
  let alarms = 0
  let wasOpen = false
  for (let i = 0; i < 288 * 40; i++) {
    const spike = random() < 0.01 ? 40 * random() ** -0.7 : 0
    const isOpen = detector.advance(START + i * 5 * MINUTE, poisson(20 + spike, random)).level === 'open'
    if (isOpen && !wasOpen && i > 288 * 14) alarms++
    wasOpen = isOpen
  }
  // Some 75 such spikes come in each week.
  expect(alarms).toBeLessThan(14)
})

test('quiet minutes taken in at once are the same as one by one', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(6), { minLength: 20, maxLength: 200 }),
      fc.integer({ min: 1, max: 3000 }),
      (counts, quiet) => {
        const lazily = new Detector({ bucketMs: MINUTE })
        const eagerly = new Detector({ bucketMs: MINUTE })
        counts.forEach((count, i) => {
          lazily.advance(START + i * MINUTE, count)
          eagerly.advance(START + i * MINUTE, count)
        })
        const from = START + counts.length * MINUTE
        lazily.advanceQuiet(from + quiet * MINUTE)
        for (let i = 0; i < quiet; i++) eagerly.advance(from + i * MINUTE, 0)
        expect(lazily.serialise()).toBe(eagerly.serialise())
      },
    ),
    { numRuns: 30 },
  )
})

test('what is written and read back judges exactly as what was never written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 * 1440 }),
      fc.constantFrom(0.01, 0.4, 6),
      fc.nat(1000),
      (minutes, rate, seed) => {
        const random = uniform(seed)
        const original = new Detector({ bucketMs: MINUTE })
        let at = START
        for (let i = 0; i < minutes; i++, at += MINUTE) original.advance(at, poisson(rate * rhythm(at), random))
        const copy = Detector.deserialise(original.serialise(), { bucketMs: MINUTE })!
        expect(copy.serialise()).toBe(original.serialise())
        for (let i = 0; i < 200; i++, at += MINUTE) {
          const count = poisson(rate * (i > 100 ? 20 : 1), random)
          expect(copy.advance(at, count)).toEqual(original.advance(at, count))
        }
        expect(copy.serialise()).toBe(original.serialise())
      },
    ),
    { numRuns: 12 },
  )
})

test('the same counts give the same state', () => {
  expect(run(3, 1).detector.serialise()).toBe(run(3, 1).detector.serialise())
})

test('state of another method version is refused, so that it is rebuilt', () => {
  const text = run(1, 1).detector.serialise()

  expect(text.startsWith(`${METHOD_VERSION}|`)).toBe(true)
  expect(Detector.deserialise(text.replace(/^[^|]*/, 'other'), { bucketMs: MINUTE })).toBeNull()
  expect(Detector.deserialise('', { bucketMs: MINUTE })).toBeNull()
})

test('a forecast sums what is expected of a window, with a band that holds what comes', () => {
  const { detector } = run(15, 5)
  const from = START + 15 * DAY
  const { expected, lower, upper } = detector.forecast(from, from + HOUR)
  let truth = 0
  for (let at = from; at < from + HOUR; at += MINUTE) truth += 5 * rhythm(at)

  expect(expected).toBeGreaterThan(0.85 * truth)
  expect(expected).toBeLessThan(1.15 * truth)
  expect(lower).toBeLessThan(truth)
  expect(upper).toBeGreaterThan(truth)
})

test('the 95 %% band holds about 95 %% of quiet minutes', () => {
  const random = uniform(21)
  const detector = new Detector({ bucketMs: MINUTE, timeZone: 'UTC' })
  let inside = 0
  let all = 0
  for (let at = START; at < START + 16 * DAY; at += MINUTE) {
    const count = poisson(12 * rhythm(at), random)
    const { lower, upper } = detector.advance(at, count)
    if (at < START + 14 * DAY) continue
    all++
    if (count >= lower && count <= upper) inside++
  }
  expect(inside / all).toBeGreaterThan(0.92)
  expect(inside / all).toBeLessThan(0.985)
})

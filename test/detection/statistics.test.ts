import { expect, test } from 'vitest'
import { addToBlock, newBlock, squaresOf } from '../../src/detection/block.ts'
import { ChartBank, RATIOS } from '../../src/detection/chart-bank.ts'
import { dailyPower, newClockShift, watchedHours, watchShapes } from '../../src/detection/clock-shift.ts'
import { correct, type Drift, relax, varianceAfter } from '../../src/detection/drift.ts'
import { posterior } from '../../src/detection/gamma-poisson.ts'
import { correctLevel, followOrdinary, newLevel, trendOn } from '../../src/detection/level.ts'
import { dispersionOf, learnDispersion, learnWander, newMoments, wanderOf } from '../../src/detection/moments.ts'
import { logLikelihoodRatio } from '../../src/detection/negative-binomial.ts'
import { readSlot } from '../../src/detection/season-profile.ts'
import { slotClock } from '../../src/detection/slot-clock.ts'
import { SlotHistory } from '../../src/detection/slot-history.ts'
import { followPeak, newTempering, recover, type Tempering } from '../../src/detection/tempering.ts'
import { poisson, uniform } from './count-stream.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY

test('the wander is corrected as a normal prior by a normal measurement of the log rate', () => {
  // Precision 1/0.01 from the prior, 50/1.25 from the count; the log rate measured is (count - expected) / expected.
  expect(varianceAfter(0.01, 50, 1.25)).toBeCloseTo(1 / (100 + 40), 12)
  expect(correct(0, 0.01, 53, 50, 1.25)).toBeCloseTo((40 / 140) * (3 / 50), 12)
})

test('no single block moves the wander far', () => {
  expect(correct(0, 0.0025, 5000, 50, 1.25)).toBeLessThan(0.06)
})

test('left alone, the wander returns to nothing and its variance to the stationary one', () => {
  const drift: Drift = { mean: 0.2, variance: 0.001 }
  relax(drift, 8 * HOUR, 8 * HOUR, 0.004)

  expect(drift.mean).toBeCloseTo(0.2 / Math.E, 12)
  expect(drift.variance).toBeCloseTo(0.004 - 0.003 * Math.exp(-2), 12)
})

test('the level follows steady growth within a few per cent', () => {
  const level = newLevel()
  for (let slot = 0; slot < 96 * 20; slot++) {
    const truth = 150 * Math.exp((0.05 * slot) / 96)
    correctLevel(level, 15 * MINUTE, truth, 150 * Math.exp(level.log), 1.3, 0.003, 32)
    trendOn(level, 1 / 96)
  }
  expect(level.log).toBeGreaterThan(1 - 0.06)
  expect(level.log).toBeLessThan(1 + 0.06)
})

test('a day off does not lower the level, two days do', () => {
  const level = newLevel()
  const halved = (slots: number) => {
    for (let slot = 0; slot < slots; slot++) {
      correctLevel(level, 15 * MINUTE, 100, 200 * Math.exp(level.log), 1.3, 0.003, 32)
      trendOn(level, 1 / 96)
    }
  }
  halved(96)
  expect(level.log).toBe(0)
  halved(96 * 2)
  expect(level.log).toBeLessThan(-0.05)
})

test('dispersion is variance over mean, and the prior counts for 150 reports', () => {
  const moments = newMoments()
  expect(dispersionOf(moments)).toBeCloseTo(1.4, 12)
  for (let i = 0; i < 5000; i++) learnDispersion(moments, 2 * 10 * 5, 50, 10)
  expect(dispersionOf(moments)).toBeCloseTo(2, 1)
})

test('wander is told from counting noise by what two slots in succession have in common', () => {
  const random = uniform(4)
  const moments = newMoments()
  let [wander, previous] = [0, 0]
  for (let i = 0; i < 4000; i++) {
    const noise = () => (random() + random() + random() - 1.5) * 2
    wander = 0.97 * wander + Math.sqrt(1 - 0.97 ** 2) * 0.1 * noise()
    const residual = wander + 0.08 * noise()
    learnWander(moments, residual, previous, 0.0064)
    previous = residual
  }
  expect(Math.sqrt(wanderOf(moments))).toBeGreaterThan(0.075)
  expect(Math.sqrt(wanderOf(moments))).toBeLessThan(0.13)
})

test('a chart gathers the log likelihood ratio of its own size of rise', () => {
  const bank = new ChartBank(MINUTE)
  bank.openBlock(0, 0, 1.5, 0)
  bank.add(9, 1, 0)
  const leak = 1 / 75
  const expected = RATIOS.map((ratio) => Math.min(6.5, logLikelihoodRatio(9, 1, ratio, 1.5) - leak))

  for (const [i, nats] of expected.entries()) expect(bank.values[i]).toBeCloseTo(Math.max(0, nats), 9)
})

test('reports that stay away are no evidence for a rise, wherever the null has gone meanwhile', () => {
  const bank = new ChartBank(MINUTE)
  bank.openBlock(0, 0, 1.4, 0)
  for (let i = 0; i < 10; i++) bank.add(3, 1, i * MINUTE)
  let before = bank.evidence
  expect(before).toBeGreaterThan(0)
  bank.openBlock(1.5, 0, 1.4, 1.5)
  for (let i = 10; i < 300; i++) {
    const evidence = bank.add(0, 1, i * MINUTE)
    expect(evidence).toBeLessThanOrEqual(before)
    before = evidence
  }
})

/** A CUSUM of exact likelihood ratios alarms at h about every exp(h) buckets or more seldom (Lorden 1971). */
test('where the null holds, the bank reaches h less often than its charts times exp(-h)', () => {
  const random = uniform(9)
  const bank = new ChartBank(MINUTE)
  const minutes = 300_000
  let crossings = 0
  for (let i = 0; i < minutes; i++) {
    if (i % 5 === 0) bank.openBlock(0, 0, 1.0001, 0)
    if (bank.add(poisson(2, random), 2, i * MINUTE) >= 5) {
      crossings++
      bank.restartAll()
    }
  }
  expect(crossings).toBeLessThan(minutes * RATIOS.length * Math.exp(-5))
  expect(crossings).toBeGreaterThan(0)
})

test('the rate of a slot without counts of its own is borrowed from the same time of other days', () => {
  const clock = slotClock(MINUTE, WEEK, HOUR, null)
  const history = new SlotHistory(clock)
  for (let slot = 0; slot < 24 * 6; slot++) history.write(slot, slot % 24 === 12 ? 600 : 60, 60, 1.4)

  const prior = { rate: 2, shape: 0.5 }
  const sundayNoon = readSlot(history, 24 * 6 + 12, 1.4, prior)
  const sundayNight = readSlot(history, 24 * 6 + 2, 1.4, prior)
  expect(sundayNoon.rate).toBeGreaterThan(3 * sundayNight.rate)
  expect(sundayNoon.shape).toBeLessThan(readSlot(history, 12, 1.4, prior).shape)
})

/** Gamma(0.5, 0.5 / 2) with 30 / 1.5 counts over 60 / 1.5 buckets. */
test('with one slot a season is a Gamma-Poisson posterior', () => {
  const history = new SlotHistory(slotClock(WEEK, WEEK, HOUR, null))
  history.write(0, 30, 60, 1.5)

  expect(readSlot(history, 0, 1.5, { rate: 2, shape: 0.5 }).rate).toBeCloseTo((0.5 + 20) / (0.25 + 40), 9)
})

test('two reports do not overturn what is usual for the kind of a series; many do', () => {
  const prior = { rate: 0.001, shape: 20 }

  expect(posterior(prior, 60, 2, 60, 1.4).rate).toBeLessThan(0.002)
  expect(posterior(prior, 60, 12, 60, 1.4).rate).toBeGreaterThan(0.1)
})

test('one wild week among five does not move the rate of its slot', () => {
  const clock = slotClock(MINUTE, WEEK, HOUR, null)
  const [calm, wild] = [new SlotHistory(clock), new SlotHistory(clock)]
  for (let week = 0; week < 5; week++) {
    for (let slot = 0; slot < clock.slots; slot++) {
      calm.write(slot, 120, 60, 1.4)
      wild.write(slot, slot === 50 && week === 3 ? 5000 : 120, 60, 1.4)
    }
  }
  const prior = { rate: 2, shape: 0.5 }
  expect(readSlot(wild, 50, 1.4, prior).rate).toBeLessThan(1.15 * readSlot(calm, 50, 1.4, prior).rate)
})

test('a weekly peak is learned, not erased', () => {
  const clock = slotClock(MINUTE, WEEK, HOUR, null)
  const history = new SlotHistory(clock)
  for (let week = 0; week < 3; week++) {
    for (let slot = 0; slot < clock.slots; slot++) history.write(slot, slot === 50 ? 900 : 120, 60, 1.4)
  }
  expect(readSlot(history, 50, 1.4, { rate: 2, shape: 0.5 }).rate).toBeGreaterThan(10)
})

test('a history is the same after it was written and read, and after it was made finer', () => {
  const random = uniform(2)
  const coarse = slotClock(MINUTE, WEEK, HOUR, null)
  const history = new SlotHistory(coarse)
  for (let i = 0; i < 1000; i++)
    history.write(i % coarse.slots, poisson(3, random), 60 * (0.8 + 0.4 * random()), 1 + random())

  const copy = SlotHistory.deserialise(history.serialise(), coarse)!
  expect(copy.serialise()).toBe(history.serialise())
  expect(copy.totalCount).toBe(history.totalCount)
  const finer = history.refined(slotClock(MINUTE, WEEK, 15 * MINUTE, null))
  expect(finer.totalExposure).toBeCloseTo(history.totalExposure, 1)
  expect(SlotHistory.deserialise(history.serialise(), finer.clock)).toBeNull()
})

test('what was capped in a slot is believed once another occurrence says so, and no sooner', () => {
  const clock = slotClock(MINUTE, WEEK, HOUR, null)
  const history = new SlotHistory(clock)
  history.write(5, 60_000, 60, 1.4, 2_000)
  expect(history.slotCounts[5]).toBe(2_000)
  history.liftCaps()
  expect(history.slotCounts[5]).toBe(60_000)

  const outage = new SlotHistory(clock)
  outage.write(5, 60_000, 60, 1.4, 2_000)
  outage.write(5, 1_000, 60, 1.4)
  expect(outage.slotCounts[5]! / outage.slotExposures[5]!).toBeLessThan(1.2 * (1_000 / 60))

  const weekly = new SlotHistory(clock)
  weekly.write(5, 60_000, 60, 1.4, 2_000)
  weekly.write(5, 60_000, 60, 1.4)
  expect(weekly.slotCounts[5]! / weekly.slotExposures[5]!).toBeCloseTo(1_000, 6)
})

test('the dispersion is that of the counts, however wrong their foreseen mean was', () => {
  const random = uniform(23)
  for (const foreseen of [10, 40, 160, 640]) {
    const moments = newMoments()
    for (let i = 0; i < 4000; i++) {
      const block = { ...newBlock(), cap: 10_000 }
      for (let minute = 0; minute < 3; minute++) addToBlock(block, 3 * poisson(40 / 3, random), foreseen)
      learnDispersion(moments, squaresOf(block, foreseen, 0.01), block.count, foreseen)
    }
    expect(dispersionOf(moments)).toBeGreaterThan(2.6)
    expect(dispersionOf(moments)).toBeLessThan(3.4)
  }
})

/** By how many hours a watch over the weekend of a Sunday moves the clock of counts that come so many hours late. */
function hoursMoved(sunday: string, late: number, dailyFactor = [1, 1, 1, 1, 1]): number {
  const rate = (hour: number) => 100 * (1 + 0.8 * Math.cos((2 * Math.PI * (hour - 15)) / 24))
  const random = uniform(6)
  const shift = newClockShift()
  const saturdayNoon = Date.parse(`${sunday}T00:00:00Z`) - 12 * HOUR
  for (let i = 0; i < 4 * 24; i++) {
    const at = saturdayNoon + i * HOUR
    const hour = (at / HOUR) % 24
    const slot = hour + shift.shiftMs / HOUR
    // The clocks change in the night to Sunday.
    const count = poisson(rate(hour - (i < 12 ? 0 : late)) * dailyFactor[Math.floor((i + 12) / 24)]!, random)
    watchShapes(shift, at, count, rate(slot), rate(slot + watchedHours(shift, at)), 3)
  }
  return shift.shiftMs / HOUR
}

test('a clock that moved is followed, in the direction of its season, and one that did not is left alone', () => {
  expect(hoursMoved('2025-10-26', 1)).toBe(-1)
  expect(hoursMoved('2026-03-29', -1)).toBe(1)
  expect(hoursMoved('2026-03-29', 0)).toBe(0)
  expect(hoursMoved('2025-10-26', 0)).toBe(0)
  expect(hoursMoved('2026-03-29', 1)).toBe(0)
})

test('a holiday on such a weekend moves no clock', () => {
  expect(hoursMoved('2026-03-29', 0, [1, 1, 0.4, 1, 1])).toBe(0)
  expect(hoursMoved('2025-10-26', 0, [1, 1, 0.4, 1, 1])).toBe(0)
})

test('the daily power of the wander is what its periodogram has at the frequency of a day', () => {
  const random = uniform(17)
  const [slot, memory, sd] = [15 * MINUTE, 6 * HOUR, 0.08]
  const kept = Math.exp(-slot / memory)
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  let wander = 0
  let power = 0
  const spans = 300
  for (let span = 0; span < spans; span++) {
    let [sine, cosine] = [0, 0]
    for (let i = 0; i < 4 * 96; i++) {
      wander = kept * wander + Math.sqrt(1 - kept * kept) * sd * normal()
      sine += wander * Math.sin((2 * Math.PI * i) / 96)
      cosine += wander * Math.cos((2 * Math.PI * i) / 96)
    }
    power += (sine * sine + cosine * cosine) / (4 * 96) / spans
  }
  const expected = dailyPower(sd * sd, memory, slot)
  expect(power).toBeGreaterThan(0.8 * expected)
  expect(power).toBeLessThan(1.25 * expected)
})

/** A bank that has seen five minutes of a series whose rate had fallen to a part of what is ordinary. */
function outOfDip(part: number, ordinary: number, count: number): ChartBank {
  const bank = new ChartBank(MINUTE)
  bank.openBlock(Math.log(part), 0, 1.2, 0)
  for (let i = 0; i < 5; i++) bank.add(count, ordinary, i * MINUTE)
  return bank
}

test.each([
  [0.5, 40],
  [0.3, 400],
])(
  'a rise from %d of the ordinary rate back to it is no evidence of an outage; a rise beyond it is',
  (part, ordinary) => {
    expect(outOfDip(part, ordinary, ordinary).evidence).toBeLessThan(1)
    expect(outOfDip(part, ordinary, ordinary).hasReturned).toBe(true)
    expect(outOfDip(part, ordinary, 2 * ordinary).evidence).toBeGreaterThan(12)
    expect(outOfDip(part, ordinary, 2 * ordinary).hasReturned).toBe(false)
  },
)

test('a bank that is written and read back knows the very same settings', () => {
  const bank = outOfDip(0.3, 40, 55)
  const copy = new ChartBank(MINUTE)
  copy.restore([...bank.values], bank.settings)
  expect(copy.settings).toEqual(bank.settings)
  expect(copy.add(70, 40, 5 * MINUTE)).toBe(bank.add(70, 40, 5 * MINUTE))
})

test('what is ordinary rises with the level at once, and follows its fall within days', () => {
  const level = { ...newLevel(), log: 0.5 }
  followOrdinary(level, HOUR)
  expect(level.ordinary).toBe(0.5)
  level.log = 0
  followOrdinary(level, HOUR)
  expect(level.ordinary).toBeGreaterThan(0.48)
  followOrdinary(level, WEEK)
  expect(level.ordinary).toBeLessThan(0.03)
})

/** Peaks of so many nats, each followed by calm of so long. */
function meetPeaks(tempering: Tempering, peaks: number, nats: number, calmMs: number, bucketMs: number): void {
  for (let i = 0; i < peaks; i++) {
    followPeak(tempering, nats, bucketMs)
    for (let calm = 0; calm < calmMs; calm += bucketMs) followPeak(tempering, 0, bucketMs)
  }
}

test('peaks beyond what is tolerated temper the likelihood, and quiet weeks give it back', () => {
  const tempering = newTempering()
  meetPeaks(tempering, 4, 9, 3 * HOUR, MINUTE)
  expect(tempering.power).toBe(1)
  meetPeaks(tempering, 20, 9, 3 * HOUR, MINUTE)
  expect(tempering.power).toBeLessThan(0.2)
  for (let week = 0; week < 120; week++) recover(tempering, WEEK, MINUTE)
  expect(tempering.power).toBe(1)
})

test('an outage that comes back within two hours is one event', () => {
  const tempering = newTempering()
  meetPeaks(tempering, 20, 60, HOUR, MINUTE)
  expect(tempering.power).toBe(1)
})

test('in buckets of five minutes the height of a peak counts, in minutes it does not', () => {
  const powerAfter = (nats: number, bucketMs: number) => {
    const tempering = newTempering()
    meetPeaks(tempering, 6, nats, 3 * HOUR, bucketMs)
    return tempering.power
  }
  expect(powerAfter(100, 5 * MINUTE)).toBeLessThan(0.6 * powerAfter(8, 5 * MINUTE))
  expect(powerAfter(100, MINUTE)).toBe(powerAfter(8, MINUTE))
})

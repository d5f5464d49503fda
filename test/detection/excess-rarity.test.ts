import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Detector, type Verdict } from '../../src/detection/detector.ts'
import { ExcessRarity } from '../../src/detection/excess-rarity.ts'
import { poisson, uniform } from './count-stream.ts'

const MINUTE = 60_000
const START = Date.parse('2026-01-05T00:00:00Z')

const rarities = (excesses: number[]) => {
  const rarity = new ExcessRarity(1)
  return excesses.map((excess) => {
    rarity.add(excess)
    return rarity.decades
  })
}

test('whatever the tail, an excess among the rarest hundredth of the own past comes in a hundredth of the buckets', () => {
  for (const draw of [(u: number) => -Math.log(u), (u: number) => u ** -1.5, (u: number) => u ** -4]) {
    const random = uniform(5)
    const decades = rarities(Array.from({ length: 40_000 }, () => 20 * draw(random())))
    const share = decades.filter((rare) => rare >= 2).length / decades.length
    expect(share).toBeGreaterThan(0.007)
    expect(share).toBeLessThan(0.013)
  }
})

test('the greatest of n excesses is as rare as one in n, a bucket without excess is not rare', () => {
  const decades = rarities([...Array.from({ length: 999 }, (_, i) => (i % 7) - 3), 50])

  expect(decades[999]).toBeCloseTo(3, 10)
  expect(Math.max(...decades.filter((_, i) => i % 7 <= 3 && i < 999))).toBe(0)
})

test('the own past bounds what evidence may say, and does not add to it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 1e6, noNaN: true }), { minLength: 1 }),
      fc.nat(60),
      (past, score) => {
        const rarity = new ExcessRarity(1)
        for (const excess of past) rarity.add(excess)
        expect(rarity.bound(score)).toBeLessThanOrEqual(score)
        expect(rarity.bound(score)).toBeLessThanOrEqual(2.3 + Math.log10(past.length))
      },
    ),
  )
})

const usualPast = () => {
  const rarity = new ExcessRarity(1)
  for (let i = 0; i < 1000; i++) rarity.add(i % 100)
  return rarity
}

test('the less the likelihoods hold, the rarer an excess must be for an alarm; until then it is suspected', () => {
  const levelAfter = (trust: number, ...excesses: number[]) => {
    const rarity = usualPast()
    return excesses.map((excess) => {
      rarity.add(excess)
      return rarity.admit('open', trust)
    })
  }
  expect(levelAfter(1, 90)).toEqual(['open'])
  expect(levelAfter(0.1, 90, 91, 5000)).toEqual(['suspected', 'suspected', 'open'])
})

test('an alarm is over when an excess that was rare has become common, and one that never was rare lasts as long as its evidence', () => {
  const levels = (...excesses: number[]) => {
    const rarity = usualPast()
    return excesses.map((excess) => {
      rarity.add(excess)
      return rarity.admit('open', 1)
    })
  }
  expect(levels(5000, 4000, 50)).toEqual(['open', 'open', 'quiet'])
  expect(levels(85, 50, 20)).toEqual(['open', 'open', 'open'])
})

test('a rise to stay becomes usual in a spiky series, too, within two days', () => {
  const random = uniform(4)
  const detector = new Detector({ bucketMs: 5 * MINUTE })
  const day = 288
  let last: Verdict | null = null
  for (let i = 0; i < 30 * day; i++) {
    const spike = random() < 0.02 ? 60 * random() ** -0.7 : 0
    last = detector.advance(START + i * 5 * MINUTE, poisson((i >= 28 * day ? 160 : 20) + spike, random))
  }
  expect(last!.level).toBe('quiet')
  expect(last!.expected).toBeGreaterThan(120)
})

test('after a long gap nothing of what had persisted is believed', () => {
  const random = uniform(4)
  const detector = new Detector({ bucketMs: 5 * MINUTE })
  const spike = () => (random() < 0.02 ? 60 * random() ** -0.7 : 0)
  let at = START
  const pass = (buckets: number, rate: number) => {
    let verdict: Verdict | null = null
    for (let i = 0; i < buckets; i++, at += 5 * MINUTE) verdict = detector.advance(at, poisson(rate + spike(), random))
    return verdict!
  }
  pass(28 * 288, 20)
  expect(pass(24, 80).level).toBe('open')
  at += 6 * 60 * MINUTE
  expect(pass(1, 20).level).toBe('quiet')
})

test('excesses that persist are told where spikes as great are common, and the spikes are not', () => {
  const random = uniform(12)
  const rarity = new ExcessRarity(1)
  let most = 0
  for (let i = 0; i < 20_000; i++) {
    rarity.add(random() < 0.02 ? 200 + 100 * random() : 40 * (random() - 0.5))
    most = Math.max(most, rarity.persistence)
  }
  expect(most).toBeLessThan(0.5)
  let buckets = 0
  for (; rarity.persistence < 1 && buckets < 100; buckets++) rarity.add(200 + 100 * random())
  expect(buckets).toBeLessThan(24)
  for (buckets = 0; rarity.persistence >= 1 && buckets < 100; buckets++) rarity.add(0)
  expect(buckets).toBeLessThan(6)
})

test('what is written reads back, and text of another shape is refused', () => {
  const rarity = new ExcessRarity(1)
  for (const excess of [0, 3, 3, 80, 1e9, 0.4]) rarity.add(excess)
  const copy = new ExcessRarity(1)

  expect(copy.restore(rarity.serialise())).toBe(true)
  expect(copy).toEqual(rarity)
  expect(copy.restore('')).toBe(false)
  expect(copy.restore('1;2;3;0;0*7')).toBe(false)
})

test('of wide buckets no score says more than so short a past supports, and none of minutes is bound by it', () => {
  const scoreOf = (bucketMs: number) => {
    const random = uniform(8)
    const detector = new Detector({ bucketMs })
    for (let i = 0; i < 400; i++) detector.advance(START + i * bucketMs, poisson(20, random))
    return detector.advance(START + 400 * bucketMs, 5000).score
  }
  expect(scoreOf(5 * MINUTE)).toBeCloseTo(2.3 + Math.log10(401), 10)
  expect(scoreOf(MINUTE)).toBeGreaterThan(20)
})

test('a detector of wide buckets that is written and read back judges as before', () => {
  const options = { bucketMs: 5 * MINUTE }
  const random = uniform(3)
  const original = new Detector(options)
  let at = START
  for (let i = 0; i < 288 * 12; i++, at += options.bucketMs)
    original.advance(at, poisson(i % 97 === 0 ? 90 : 12, random))
  const copy = Detector.deserialise(original.serialise(), options)!

  for (let i = 0; i < 300; i++, at += options.bucketMs) {
    const count = poisson(i % 50 > 40 ? 60 : 12, random)
    expect(copy.advance(at, count)).toEqual(original.advance(at, count))
  }
  expect(copy.serialise()).toBe(original.serialise())
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Onset } from '../../src/detection/onset.ts'
import {
  findSharedCauses,
  findSpillOver,
  kindsRisenAlike,
  type Place,
  possibleCauses,
  type Rise,
  scoreSpillOver,
} from '../../src/detection/spill-over.ts'

const MINUTE = 60_000
const course = (scale: number) => [0, 1, 4, 9, 15, 22, 24, 23, 20, 18].map((excess) => excess * scale)
const at = (minutes: number, within = 0): Onset => ({
  atMs: minutes * MINUTE,
  fromMs: (minutes - within) * MINUTE,
  untilMs: (minutes + within) * MINUTE,
})

/** Excess by region, of a service that is used as much in each of five. */
const places = (excess: Record<string, number>) =>
  new Map(
    ['US', 'DE', 'FR', 'GB', 'JP'].map((region): [string, Place] => [
      region,
      { excess: excess[region] ?? 0, usual: 4 },
    ]),
  )

function rise(service: string, changes: Partial<Rise> = {}): Rise {
  const regions = places({ US: 60, DE: 40 })
  return {
    service,
    category: 'carrier',
    onset: at(0),
    excess: 100,
    expected: 60,
    regions,
    course: course(1),
    ...changes,
  }
}

const carrier = rise('carrier-a', { excess: 4000, expected: 150, course: course(40) })
const rival = rise('carrier-b', { onset: at(4) })

test('reports against a rival are explained by the larger, earlier failure in the same places', () => {
  const spill = findSpillOver(rival, [rise('carrier-c', { excess: 30 }), carrier])

  expect(spill).toMatchObject({ service: 'carrier-a', excessRatio: 40, leadMs: 4 * MINUTE })
  expect(spill!.overlap).toBeCloseTo(1, 10)
  expect(spill!.likeness).toBeCloseTo(1, 10)
})

test('the failure itself is not explained by what it spills over to', () => {
  expect(findSpillOver(carrier, [rival])).toBeNull()
})

test.each([
  ['began an hour before', { onset: at(-60) }],
  ['lies elsewhere', { regions: places({ JP: 100 }) }],
  ['is nearly as large', { excess: 2500 }],
  ['is as far beyond its own normal', { expected: 3 }],
])('a rise that %s is an outage of its own', (_what, changes) => {
  expect(findSpillOver({ ...rival, ...changes }, [carrier])).toBeNull()
})

test('a rise long after the other began is explained by it only where it follows its course', () => {
  const late = { ...rival, onset: at(90) }
  const steady = { ...carrier, course: [20, 24, 18, 22, 19, 23, 21, 20, 22, 19] }

  expect(findSpillOver(late, [carrier])).not.toBeNull()
  expect(findSpillOver(late, [steady])).toBeNull()
  expect(findSpillOver(rival, [steady])).not.toBeNull()
})

test('what surely began long after the other speaks for a failure, where its onset is known well', () => {
  const third = { ...carrier, excess: 1500 }
  const score = (onset: Onset) => scoreSpillOver({ ...rival, onset }, third).score
  expect(score(at(4))).toBe(score(at(0)))
  expect(score(at(18))).toBeLessThan(score(at(9)))
  expect(score(at(18, 14))).toBe(score(at(4)))
  expect(score(at(50))).toBe(score(at(18)))
})

test('a cause that seems a few minutes late may still have been first, and longer where its onset is not known well', () => {
  expect(findSpillOver(rival, [{ ...carrier, onset: at(6) }])).not.toBeNull()
  expect(findSpillOver(rival, [{ ...carrier, onset: at(12) }])).toBeNull()
  expect(findSpillOver({ ...rival, onset: at(4, 8) }, [{ ...carrier, onset: at(12) }])).not.toBeNull()
})

test('where a service is used says nothing of where it fails', () => {
  const local = { ...rival, regions: new Map([['US', { excess: 30, usual: 9 }]]) }
  const tilted = new Map([
    ['US', { excess: 900, usual: 30 }],
    ['DE', { excess: 100, usual: 3 }],
    ['JP', { excess: 3000, usual: 100 }],
  ])
  const overlap = (a: Rise, b: Rise) => scoreSpillOver(a, b).overlap
  expect(overlap(local, { ...carrier, regions: tilted })).toBeCloseTo(1, 1)
  const even = places({ US: 20, DE: 20, FR: 20, GB: 20, JP: 20 })
  expect(overlap({ ...rival, regions: even }, { ...carrier, regions: tilted })).toBeCloseTo(0.6, 1)
})

test('a service that is spared where it is used and the other fails has a failure of its own', () => {
  const everywhere = places({ US: 900, DE: 900, FR: 900, GB: 900, JP: 900 })
  expect(
    scoreSpillOver({ ...rival, regions: places({ DE: 50 }) }, { ...carrier, regions: everywhere }).overlap,
  ).toBeLessThan(0.5)
})

test('a handful of reports does not say which places are spared', () => {
  const everywhere = places({ US: 900, DE: 900, FR: 900, GB: 900, JP: 900 })
  const few = rise('few', { regions: places({ US: 2, DE: 1 }) })
  expect(scoreSpillOver(few, { ...carrier, regions: everywhere }).overlap).toBeGreaterThan(0.5)
})

test('once the other falls, its places say no more whether both were one event', () => {
  const peak = [...course(40), ...course(40), ...Array.from({ length: 20 }, () => 0)]
  const over = { ...carrier, course: peak, regions: places({ JP: 3 }) }
  expect(findSpillOver(rival, [over], { explainedBy: 'carrier-a' })).not.toBeNull()
  expect(findSpillOver(rival, [over])).toBeNull()
  expect(findSpillOver(rival, [{ ...over, course: course(40) }], { explainedBy: 'carrier-a' })).toBeNull()
})

test('people take a service for another of its sort rather than for a stranger', () => {
  const middling = { ...carrier, excess: 1000 }
  expect(findSpillOver(rival, [middling])).not.toBeNull()
  expect(findSpillOver({ ...rival, category: 'video' }, [middling])).toBeNull()
})

test('what rises alike with services of other sorts shares their cause', () => {
  const middling = { ...carrier, excess: 1000 }
  expect(findSpillOver(rival, [middling], null, 0)).not.toBeNull()
  expect(findSpillOver(rival, [middling], null, 3)).toBeNull()
})

test('the sorts that rose alike are those of the same minutes, places and height', () => {
  const kinds = kindsRisenAlike([
    rise('shop', { category: 'shop' }),
    rise('other-shop', { category: 'shop', excess: 90 }),
    rise('chat', { category: 'chat', excess: 200 }),
    rise('bank', { category: 'bank', onset: at(40) }),
    rise('news', { category: 'news', regions: places({ JP: 100 }) }),
    rise('cloud', { category: 'cloud', excess: 9000 }),
  ])
  expect(Object.fromEntries(kinds)).toEqual({ shop: 1, 'other-shop': 1, chat: 1, bank: 0, news: 0, cloud: 0 })
})

test('between the odds that tell and those that take back, what was told stays', () => {
  const doubtful = rise('doubtful', { onset: at(2), excess: 300, expected: 27 })
  const { score } = scoreSpillOver(doubtful, carrier)
  expect(score).toBeGreaterThan(0.25)
  expect(score).toBeLessThan(0.75)
  expect(findSpillOver(doubtful, [carrier], { explainedBy: null })).toBeNull()
  expect(findSpillOver(doubtful, [carrier], { explainedBy: 'carrier-a' })).not.toBeNull()
})

test('what was told as one event may become half as clear before it is not', () => {
  const told = { explainedBy: 'carrier-a' }
  const nearlyAsLarge = { ...carrier, excess: 3000, expected: 20 }
  const large = { ...rival, excess: 2000, expected: 600 }
  expect(findSpillOver(large, [nearlyAsLarge])).toBeNull()
  expect(findSpillOver(large, [nearlyAsLarge], told)).not.toBeNull()
  expect(findSpillOver({ ...large, excess: 3100 }, [nearlyAsLarge], told)).toBeNull()

  const elsewhere = { ...rival, regions: places({ US: 20, JP: 40 }) }
  expect(scoreSpillOver(elsewhere, carrier).overlap).toBeLessThan(0.5)
  expect(findSpillOver(elsewhere, [carrier])).toBeNull()
  expect(findSpillOver(elsewhere, [carrier], told)).not.toBeNull()
  expect(findSpillOver({ ...rival, regions: places({ JP: 60 }) }, [carrier], told)).toBeNull()
})

test('what explains a rise is not exchanged for what explains it a little better', () => {
  const better = { ...carrier, service: 'carrier-c', excess: 5000 }
  expect(findSpillOver(rival, [carrier, better])?.service).toBe('carrier-c')
  expect(findSpillOver(rival, [better, carrier], { explainedBy: 'carrier-a' })?.service).toBe('carrier-a')
})

const anyRise = (service: string) =>
  fc.record({
    service: fc.constant(service),
    category: fc.constantFrom('carrier', 'video', 'bank'),
    onset: fc.tuple(fc.integer({ min: 0, max: 30 }), fc.nat(8)).map(([minutes, within]) => at(minutes, within)),
    excess: fc.double({ min: 1, max: 5000, noNaN: true }),
    expected: fc.double({ min: 0.1, max: 500, noNaN: true }),
    regions: fc.constantFrom(places({ US: 9 }), places({ DE: 9 }), new Map<string, Place>()),
    course: fc.array(fc.nat(50), { minLength: 10, maxLength: 10 }),
  })
const someRises = fc.tuple(anyRise('a'), anyRise('b'), anyRise('c'), anyRise('d'), anyRise('e'))
const toldOf = fc.constantFrom(null, { explainedBy: null }, { explainedBy: 'b' }, { explainedBy: 'c' })

test('judged again by the same numbers, nothing that was told changes', () => {
  fc.assert(
    fc.property(someRises, toldOf, fc.nat(4), ([first, ...others], told, kinds) => {
      const found = findSpillOver(first, others, told, kinds)
      const again = findSpillOver(first, others, { explainedBy: found?.service ?? null }, kinds)
      expect(again?.service ?? null).toBe(found?.service ?? null)
    }),
  )
})

test('it takes more to change what was told than to tell it first', () => {
  fc.assert(
    fc.property(someRises, fc.nat(4), ([first, ...others], kinds) => {
      const anew = findSpillOver(first, others, null, kinds)
      if (anew === null) expect(findSpillOver(first, others, { explainedBy: null }, kinds)).toBeNull()
      else expect(findSpillOver(first, others, { explainedBy: anew.service }, kinds)?.service).toBe(anew.service)
    }),
  )
})

test('no two rises explain one another, and the more kinds rise alike, the less any does', () => {
  fc.assert(
    fc.property(anyRise('a'), anyRise('b'), fc.nat(4), (a, b, kinds) => {
      const [ofA, ofB] = [scoreSpillOver(a, b, kinds).score, scoreSpillOver(b, a, kinds).score]
      expect(Math.min(ofA, ofB)).toBe(0)
      expect(Math.max(ofA, ofB)).toBeLessThanOrEqual(1)
      expect(scoreSpillOver(a, b, kinds + 1).score).toBeLessThanOrEqual(ofA)
    }),
  )
})

test('services that rise together share a cause, listed or not', () => {
  const tenants = ['shop', 'chat', 'games'].map((service, n) => rise(service, { onset: at(n * 2) }))
  const later = rise('bank', { onset: at(90) })

  expect(findSharedCauses([later, ...tenants])).toEqual([['shop', 'chat', 'games']])
})

test('a service with few reports whose onset may lie with the others rose with them', () => {
  const tenants = ['shop', 'chat'].map((service) => rise(service, { excess: 900 }))
  const thin = rise('thin', { excess: 9, onset: at(16, 7) })

  expect(findSharedCauses([thin, ...tenants])).toEqual([['shop', 'chat', 'thin']])
  expect(findSharedCauses([{ ...thin, onset: at(16, 2) }, ...tenants])).toEqual([])
})

test('two services at once may be chance, and so may three in different places', () => {
  expect(findSharedCauses([rise('shop'), rise('chat')])).toEqual([])
  const apart = ['US', 'DE', 'JP'].map((region) => rise(region, { regions: places({ [region]: 100 }) }))
  expect(findSharedCauses(apart)).toEqual([])
})

test('a service belongs to one group at most', () => {
  fc.assert(
    fc.property(someRises, (rises) => {
      const grouped = findSharedCauses(rises).flat()
      expect(new Set(grouped).size).toBe(grouped.length)
    }),
  )
})

test('of many rises only the largest that came first may explain another', () => {
  const rises = Array.from({ length: 200 }, (_, n) => rise(`large-${n}`, { excess: 4000 - n }))
  const later = rise('later', { excess: 9000, onset: at(60) })
  const alike = rise('alike', { excess: 150 })
  const causes = possibleCauses(rival, [later, ...rises, alike])

  expect(causes.map(({ service }) => service)).toEqual(rises.slice(0, 16).map(({ service }) => service))
  expect(possibleCauses(rival, [alike])).toEqual([])
  expect(possibleCauses(rival, rises, (service) => service === 'large-7').map(({ service }) => service)).toEqual([
    'large-7',
  ])
})

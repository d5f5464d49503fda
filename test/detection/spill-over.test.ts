import { expect, test } from 'vitest'
import {
  findSharedCauses,
  findSpillOver,
  possibleCauses,
  type Rise,
  scoreSpillOver,
} from '../../src/detection/spill-over.ts'

const MINUTE = 60_000
const course = (scale: number) => [0, 1, 4, 9, 15, 22, 24, 23, 20, 18].map((excess) => excess * scale)

function rise(service: string, changes: Partial<Rise> = {}): Rise {
  const regions = new Map([
    ['US-TX', 60],
    ['US-CA', 40],
  ])
  return { service, onsetMs: 0, excess: 100, expected: 20, regions, course: course(1), ...changes }
}

const carrier = rise('carrier-a', { excess: 4000, expected: 50, course: course(40) })
const rival = rise('carrier-b', { onsetMs: 4 * MINUTE })

test('reports against a rival are explained by the larger, earlier failure in the same places', () => {
  const spill = findSpillOver(rival, [rise('video', { excess: 30 }), carrier])

  expect(spill).toMatchObject({ service: 'carrier-a', excessRatio: 40, leadMs: 4 * MINUTE, isSpillOver: true })
  expect(spill!.overlap).toBeCloseTo(1, 10)
  expect(spill!.likeness).toBeCloseTo(1, 10)
})

test('the failure itself is not explained by what it spills over to', () => {
  expect(findSpillOver(carrier, [rival])).toBeNull()
})

test.each([
  ['began an hour before', { onsetMs: -60 * MINUTE }],
  ['lies elsewhere', { regions: new Map([['DE-BE', 100]]) }],
  ['is nearly as large', { excess: 1500 }],
  ['is far beyond its own normal', { expected: 1 }],
])('a rise that %s is an outage of its own', (_what, changes) => {
  expect(scoreSpillOver({ ...rival, ...changes }, carrier).isSpillOver).toBe(false)
})

test('a rise long after the other began is explained by it only where it follows its course', () => {
  const late = { ...rival, onsetMs: 90 * MINUTE }
  const steady = { ...carrier, course: [20, 24, 18, 22, 19, 23, 21, 20, 22, 19] }

  expect(scoreSpillOver(late, carrier, true).isSpillOver).toBe(true)
  expect(scoreSpillOver(late, steady, true).isSpillOver).toBe(false)
  expect(scoreSpillOver(rival, steady, true).isSpillOver).toBe(true)
})

test('a known relation helps where the likeness is middling', () => {
  const noisy = {
    ...rival,
    course: [3, 0, 2, 5, 1, 4, 6, 2, 5, 3],
    regions: new Map([
      ['US-TX', 60],
      ['US-NY', 40],
    ]),
  }
  const other = { ...carrier, excess: 450 }

  expect(scoreSpillOver(noisy, other, true).score).toBeGreaterThan(scoreSpillOver(noisy, other).score)
})

test('services that rise together share a cause, listed or not', () => {
  const tenants = ['shop', 'chat', 'games'].map((service, i) => rise(service, { onsetMs: i * 2 * MINUTE }))
  const later = rise('bank', { onsetMs: 90 * MINUTE })

  expect(findSharedCauses([later, ...tenants])).toEqual([['shop', 'chat', 'games']])
})

test('two services at once may be chance', () => {
  expect(findSharedCauses([rise('shop'), rise('chat')])).toEqual([])
})

test('of many rises only the largest that came first may explain another', () => {
  const rises = Array.from({ length: 200 }, (_, n) => rise(`large-${n}`, { excess: 4000 - n }))
  const later = { ...rise('later', { excess: 9000 }), onsetMs: 60 * MINUTE }
  const alike = rise('alike', { excess: 350 })
  const causes = possibleCauses(rival, [later, ...rises, alike])

  expect(causes.map(({ service }) => service)).toEqual(rises.slice(0, 16).map(({ service }) => service))
  expect(possibleCauses(rival, [alike])).toEqual([])
  expect(possibleCauses(rival, rises, (service) => service === 'large-7').map(({ service }) => service)).toEqual([
    'large-7',
  ])
})

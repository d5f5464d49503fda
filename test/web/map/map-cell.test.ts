import { expect, test } from 'vitest'
import { mapClassOf, paintOf, ratioClassOf } from '../../../web/map/map-cell.ts'

test.each([
  [null, 'unmeasured'],
  [0, 'zero'],
  [0.01, 0],
  [0.99, 0],
  [1, 1],
  [2.9, 1],
  [3, 2],
  [10, 3],
  [30, 4],
  [99.9, 4],
  [100, 5],
  [5000, 5],
] as const)('%d reports per million are class %s', (perMillion, expected) => {
  expect(mapClassOf(perMillion)).toBe(expected)
})

test.each([
  [null, 'unmeasured'],
  [0, 'zero'],
  [1, 0],
  [1.5, 1],
  [3, 2],
  [6, 3],
  [12, 4],
  [25, 5],
  [400, 5],
] as const)('%d times usual is class %s', (ratio, expected) => {
  expect(ratioClassOf(ratio)).toBe(expected)
})

test('a pattern is filled by reference, a step by its class alone', () => {
  expect(paintOf(3, 'm')).toEqual({ class: 'map-3', fill: null })
  expect(paintOf('zero', 'm')).toEqual({ class: 'map-zero', fill: null })
  expect(paintOf('suppressed', 'm')).toEqual({ class: 'map-suppressed', fill: 'url(#m-suppressed)' })
})

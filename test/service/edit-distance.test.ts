import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { editDistance } from '../../src/service/edit-distance.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

/** The definition of the optimal string alignment distance, as it stands in the books. */
function byDefinition(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length
  const [restOfA, restOfB] = [a.slice(0, -1), b.slice(0, -1)]
  const isSame = a.at(-1) === b.at(-1)
  const ways = [
    byDefinition(restOfA, b) + 1,
    byDefinition(a, restOfB) + 1,
    byDefinition(restOfA, restOfB) + (isSame ? 0 : 1),
  ]
  if (a.length > 1 && b.length > 1 && a.at(-1) === b.at(-2) && a.at(-2) === b.at(-1)) {
    ways.push(byDefinition(a.slice(0, -2), b.slice(0, -2)) + 1)
  }
  return Math.min(...ways)
}

describe('edit distance', () => {
  test.each([
    ['', 'abc', 3],
    ['youtube', 'yotube', 1],
    ['exchange', 'exchnage', 1],
    ['kitten', 'sitting', 3],
    ['ca', 'abc', 3],
    ['slack', 'slack', 0],
  ])('%s and %s lie %i apart', (a, b, distance) => {
    expect(editDistance(a, b, 10)).toBe(distance)
  })

  test('agrees with its definition, up to the limit', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 7 }), (a, b, limit) => {
        expect(editDistance(a, b, limit)).toBe(Math.min(byDefinition(a, b), limit + 1))
      }),
    )
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cellsToHide, countriesToHide, type Hidden, UNPLACED } from '../../src/count/suppress.ts'
import { countryCodes } from '../../src/region/region.ts'

type World = readonly number[]

const CELLS = 'ABCDEFG'

/** All tables of so many cells with counts up to a largest one. */
function* worldsOf(cells: number, largest: number): Generator<World> {
  if (cells === 0) return yield []
  for (const rest of worldsOf(cells - 1, largest)) for (let count = 0; count <= largest; count++) yield [...rest, count]
}

const hide = (world: World) =>
  cellsToHide(new Map(world.map((count, cell) => [CELLS[cell]!, count])), [...CELLS.slice(0, world.length)])

/** All that an observer is told: every cell, what is said of the hidden ones, and the total. */
const answerOf = (world: World, hidden: ReadonlyMap<string, Hidden>, total: number) =>
  `${world.map((count, cell) => hidden.get(CELLS[cell]!) ?? count).join()} of ${total}`

/** Hidden cells whose count is the same in every table that gives the same answer. */
function deducible(tables: Iterable<{ world: World; total: number }>): string[] {
  const seen = new Map<string, { hidden: number[]; counts: Set<number>[]; world: World }>()
  for (const { world, total } of tables) {
    const hidden = hide(world)
    if (hidden.size === 0) continue
    const answer = answerOf(world, hidden, total)
    if (!seen.has(answer))
      seen.set(answer, {
        hidden: [...hidden.keys()].map((cell) => CELLS.indexOf(cell)),
        counts: world.map(() => new Set()),
        world,
      })
    for (const [cell, count] of world.entries()) seen.get(answer)!.counts[cell]!.add(count)
  }
  return [...seen.values()]
    .filter(({ hidden, counts }) => hidden.some((cell) => counts[cell]!.size === 1))
    .map(({ world }) => world.join())
}

const sum = (world: World) => world.reduce((total, count) => total + count, 0)

describe('of a table with its total', () => {
  test.each([
    [2, 9],
    [3, 8],
    [4, 6],
    [5, 5],
    [6, 4],
    [7, 3],
  ])(
    'with %i cells and up to %i people in each, no hidden count follows, but from two in every cell',
    (cells, largest) => {
      const tables = [...worldsOf(cells, largest)].map((world) => ({ world, total: sum(world) }))
      expect(deducible(tables)).toEqual([Array.from({ length: cells }, () => 2).join()])
    },
  )

  test.each([
    [1, 9],
    [2, 8],
    [3, 6],
    [4, 4],
    [5, 3],
  ])('of which an unknown part is in none of its %i cells, no hidden count follows at all', (cells, largest) => {
    const most = largest * cells
    const tables = [...worldsOf(cells, largest)].flatMap((world) =>
      Array.from({ length: most + 1 }, (_, elsewhere) => ({ world, total: sum(world) + elsewhere })).filter(
        // A country of one or two is hidden itself.
        ({ total }) => total >= 3 && total <= most,
      ),
    )
    expect(deducible(tables)).toEqual([])
  })

  test('each count of one or two is hidden, and each one that is called small is below three', () => {
    for (const world of worldsOf(6, 4)) {
      const hidden = hide(world)
      for (const [cell, count] of world.entries()) {
        const why = hidden.get(CELLS[cell]!)
        if (count === 1 || count === 2) expect(why).toBeDefined()
        if (why === 'small') expect(count).toBeLessThan(3)
      }
    }
  })
})

describe('of the countries of the world', () => {
  const cells = [UNPLACED, ...countryCodes()]
  const told = (counts: ReadonlyMap<string, number>) => {
    const placed = new Map([...counts].filter(([cell]) => cell !== UNPLACED))
    return countriesToHide(placed, sum([...counts.values()]))
  }
  const countsArbitrary = fc.oneof(
    fc.dictionary(fc.constantFrom(...cells), fc.integer({ min: 0, max: 2 }), { maxKeys: 5 }),
    fc.dictionary(
      fc.constantFrom(...cells),
      fc.oneof(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 3, max: 900 })),
      {
        maxKeys: 250,
        size: 'max',
      },
    ),
  )

  test('every hidden one could have another count with the same answer, the same total and the same shown ones', () => {
    fc.assert(
      fc.property(countsArbitrary, (reports) => {
        const counts = new Map(Object.entries(reports))
        const hidden = told(counts)
        const countOf = (cell: string) => counts.get(cell) ?? 0
        const isSame = (other: ReadonlyMap<string, number>) => {
          const now = told(other)
          return now.size === hidden.size && [...now].every(([cell, why]) => hidden.get(cell) === why)
        }
        for (const cell of hidden.keys()) {
          const couldDiffer = [...hidden.keys()].some((other) => {
            const [own, others] = [countOf(cell), countOf(other)]
            if (other === cell) return false
            return (
              (own !== others && isSame(new Map([...counts, [cell, others], [other, own]]))) ||
              (own > 0 && isSame(new Map([...counts, [cell, own - 1], [other, others + 1]]))) ||
              (others > 0 && isSame(new Map([...counts, [cell, own + 1], [other, others - 1]])))
            )
          })
          expect({ cell, couldDiffer }).toEqual({ cell, couldDiffer: true })
        }
      }),
      { numRuns: 60 },
    )
  })

  test('two keep each other company, whichever of them has a report', () => {
    for (const cell of cells) {
      const pair = [...told(new Map([[cell, 1]])).keys()].sort()
      expect(pair).toContain(cell)
      for (const other of pair)
        expect([...told(new Map([[other, 2]])).keys()].filter((one) => pair.includes(one)).sort()).toEqual(pair)
    }
  })
})

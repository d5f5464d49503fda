import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { countryCodes, subdivisionsOf } from '../../../src/region/region.ts'
import {
  drawCountryMap,
  drawMapSwatch,
  drawnRegions,
  drawWorldMap,
  hasCountryMap,
  type MapCell,
  type MapClass,
} from '../../../web/map/draw-map.ts'

const text = { id: 'where', title: 'Where', description: 'Most reports come from Germany.' }

function cellsOf(codes: string[], cell: (code: string, n: number) => MapCell): Map<string, MapCell> {
  return new Map(codes.map((code, n) => [code, cell(code, n)]))
}

const plain = (value: MapClass): MapCell => ({ class: value, label: '' })

const element = (svg: string, code: string) =>
  svg.match(new RegExp(`<(path|circle)[^>]* data-region="${code}"[^>]*>`))?.[0]

describe('what is drawn', () => {
  test('every country, once', () => {
    const svg = drawWorldMap(new Map(), text)
    const drawn = [...svg.matchAll(/data-region="(..)"/g)].map(([, code]) => code)
    expect(drawn.sort()).toEqual(countryCodes().sort())
  })

  test('at least 89 % of all first-level subdivisions', () => {
    const all = countryCodes().flatMap(subdivisionsOf)
    const drawn = countryCodes().flatMap((country) => drawnRegions(country))
    expect(drawn.length / all.length).toBeGreaterThanOrEqual(0.89)
    expect(new Set(drawn).size).toBe(drawn.length)
    const known = new Set(all)
    expect(drawn.filter((code) => !known.has(code))).toEqual([])
  })

  test.each(['US', 'DE', 'GB', 'FR', 'IN', 'JP', 'BR', 'NO', 'RU', 'UA', 'NZ', 'ES', 'IT', 'CA', 'AU', 'CN', 'MX'])(
    'each subdivision of %s',
    (country) => {
      expect(drawnRegions(country).sort()).toEqual(subdivisionsOf(country).sort())
    },
  )

  test('Crimea and Sevastopol by the prefix of their codes, in Ukraine', () => {
    expect(drawnRegions('UA')).toEqual(expect.arrayContaining(['UA-43', 'UA-40']))
    expect(drawnRegions('RU').filter((code) => !code.startsWith('RU-'))).toEqual([])
  })

  test('and what is not drawn is listed where the sources are named', () => {
    const list = readFileSync(new URL('../../../src/region/PROVENANCE.md', import.meta.url), 'utf8').split(
      '## Not drawn',
    )[1]!
    const drawn = new Set(countryCodes().flatMap((country) => drawnRegions(country)))
    const absent = countryCodes().flatMap(subdivisionsOf)
    expect(list.match(/\b[A-Z]{2}-[A-Z0-9]{1,3}\b/g)!.sort()).toEqual(absent.filter((code) => !drawn.has(code)).sort())
  })

  test('no map of its own for a country without known subdivisions', () => {
    expect(hasCountryMap('VA')).toBe(false)
    expect(drawCountryMap('VA', new Map(), text)).toBeNull()
    expect(drawCountryMap('toString', new Map(), text)).toBeNull()
  })
})

describe('how a region looks', () => {
  test('by class; without a cell as not measured', () => {
    const cells = new Map<string, MapCell>([
      ['DE', plain(4)],
      ['FR', plain('zero')],
      ['IN', plain('suppressed')],
    ])
    const svg = drawWorldMap(cells, text)
    expect(element(svg, 'DE')).toMatch(/class="map-4" .*z"\/>$/)
    expect(element(svg, 'FR')).toContain('class="map-zero"')
    expect(element(svg, 'IN')).toContain('fill="url(#where-suppressed)"')
    expect(element(svg, 'BR')).toContain('fill="url(#where-unmeasured)"')
  })

  test('in a flat tone where it is too small for a pattern', () => {
    expect(element(drawWorldMap(new Map(), text), 'SG')).toMatch(/^<circle class="map-unmeasured map-flat"/)
    expect(element(drawWorldMap(new Map(), text), 'SG')).not.toContain('fill=')
  })

  test('and a patch of the key looks the same', () => {
    expect(drawMapSwatch(3, 'key')).toContain('class="map-3"')
    expect(drawMapSwatch('suppressed', 'key')).toContain(
      'class="map-suppressed" d="M1 1h34v22h-34z" fill="url(#key-suppressed)"',
    )
    expect(drawMapSwatch('suppressed', 'key')).toContain('<pattern id="key-suppressed"')
  })

  test('two maps on a page share no id', () => {
    const ids = (svg: string) => [...svg.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    const both = [
      ...ids(drawWorldMap(new Map(), text)),
      ...ids(drawCountryMap('DE', new Map(), { ...text, id: 'de' })!),
    ]
    expect(new Set(both).size).toBe(both.length)
    expect(both).toHaveLength(8)
  })

  test('with nothing that a strict content policy forbids', () => {
    for (const svg of [drawWorldMap(new Map(), text), drawCountryMap('US', new Map(), text)!])
      expect(svg).not.toMatch(/<style|style=|<script|\son\w+=|href=/)
  })

  test('with its words escaped', () => {
    const label = '<b>"R&D"</b>'
    const svg = drawWorldMap(new Map([['DE', { class: 1, label } as MapCell]]), { ...text, title: label })
    expect(svg).toContain('<title id="where-title">&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;</title>')
    expect(svg).toContain('<title>&lt;b&gt;&quot;R&amp;D&quot;&lt;/b&gt;</title></path>')
    expect(svg).not.toContain('<b>')
  })

  test('as an image with a name and a description', () => {
    const svg = drawCountryMap('DE', new Map(), text)!
    expect(svg).toMatch(
      /^<svg class="map map-country" viewBox="[-\d ]+" role="img" aria-labelledby="where-title where-desc">/,
    )
    expect(svg).toContain('<desc id="where-desc">Most reports come from Germany.</desc>')
  })
})

describe('values on a country', () => {
  const cells = cellsOf(subdivisionsOf('DE'), (_, n) => ({ class: 2, label: '', value: { amount: n, text: `${n}×` } }))

  test('the four largest, largest first', () => {
    const values = [...drawCountryMap('DE', cells, text)!.matchAll(/<text class="map-value"[^>]*>([^<]*)</g)]
    expect(values.map(([, value]) => value)).toEqual(['15×', '14×', '13×', '12×'])
  })

  test('do not lie on one another', () => {
    for (const country of countryCodes().filter(hasCountryMap)) {
      const all = cellsOf(drawnRegions(country), (_, n) => ({ class: 2, label: '', value: { amount: n, text: '188' } }))
      const places = [...drawCountryMap(country, all, text)!.matchAll(/map-value" x="(-?\d+)" y="(-?\d+)"/g)]
      const points = places.map(([, x, y]) => [Number(x), Number(y)] as const)
      for (const [n, [ax, ay]] of points.entries())
        for (const [bx, by] of points.slice(n + 1))
          expect(Math.abs(ax - bx) >= 48 || Math.abs(ay - by) >= 24, country).toBe(true)
    }
  })

  test('none where nothing was measured', () => {
    const quiet = cellsOf(subdivisionsOf('DE'), () => plain('zero'))
    expect(drawCountryMap('DE', quiet, text)).not.toContain('<text')
  })
})

describe('geometry', () => {
  test('each map lies within its frame, every dot and label included', () => {
    for (const country of countryCodes().filter(hasCountryMap)) {
      const svg = drawCountryMap(country, new Map(), text)!
      const [x = 0, y = 0, width = 0, height = 0] = svg
        .match(/viewBox="([^"]+)"/)![1]!
        .split(' ')
        .map(Number)
      expect(width, country).toBeGreaterThan(40)
      expect(height, country).toBeGreaterThan(40)
      for (const [, start] of svg.matchAll(/ d="M(-?\d+ -?\d+)l/g)) {
        const [px = 0, py = 0] = start!.split(' ').map(Number)
        expect(px >= x && px <= x + width && py >= y && py <= y + height, `${country} ${start}`).toBe(true)
      }
      for (const [, cx, cy] of svg.matchAll(/ cx="(-?\d+)" cy="(-?\d+)" r/g))
        expect(Number(cx) >= x && Number(cx) <= x + width && Number(cy) >= y && Number(cy) <= y + height, country).toBe(
          true,
        )
    }
  })

  test('Chukotka lies on both sides of 180° and is one mainland with two islands', () => {
    const path = drawCountryMap('RU', new Map(), text)!.match(/data-region="RU-CHU" d="([^"]+)"/)![1]!
    expect(path.match(/M/g)).toHaveLength(3)
  })

  test('the world with a label for each country is at most 30 kB', () => {
    const cells = cellsOf(countryCodes(), (code, n) => ({
      class: (n % 6) as MapClass,
      label: `${code}: ${n * 7} per million`,
    }))
    expect(brotliCompressSync(drawWorldMap(cells, text)).length).toBeLessThan(30_000)
  })
})

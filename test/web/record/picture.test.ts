import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { renderPng } from '../../../src/runtime/render-png.ts'
import { MINUTE } from '../../../src/time.ts'
import { drawTrend } from '../../../web/charts/draw-trend.ts'
import type { Trend } from '../../../web/charts/trend.ts'
import { drawPicture, drawSharePicture, wrapped } from '../../../web/record/picture.ts'
import { type Look, PICTURE_COLOURS, pictureStyle } from '../../../web/record/picture-style.ts'
import { localeOf } from '../../../web/strings/format.ts'
import { ONSET } from '../../support/incident-records.ts'

const TREND: Trend = {
  from: ONSET,
  until: ONSET + 300 * MINUTE,
  asOf: ONSET + 300 * MINUTE,
  stepMs: 5 * MINUTE,
  points: Array.from({ length: 60 }, (_, index) => ({
    at: ONSET + index * 5 * MINUTE,
    count: index > 20 && index < 40 ? 300 - Math.abs(30 - index) * 20 : 12,
    expected: 12,
    lower: 5,
    upper: 20,
    ok: 1,
    late: 0,
    isHidden: false,
  })),
}

function aPicture(look: Look = 'light', title = 'Acme Mail: reports reached 25 times the usual level') {
  const svg = drawTrend(TREND, localeOf('en'), { title: 'Trend', frame: { width: 896, height: 360 } })
  const foot = ['Source: reports by visitors, CC BY 4.0. As of 24 Nov 2025, 20:00 UTC.', 'https://outcry.example/i/1']
  return drawPicture(
    { svg, height: 360 },
    { title, subtitle: 'Reports per 5 minutes', foot, direction: 'ltr' },
    look,
    960,
  )
}

describe('colours of pictures', () => {
  const tokens = ['tokens.css', 'map.css'].map((name) => readFileSync(`web/styles/${name}`, 'utf8')).join('\n')
  const inBlock = (pattern: RegExp) =>
    new Map(
      [...tokens.matchAll(pattern)].flatMap(([, block]) =>
        [...block!.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
      ),
    )

  test.each([
    ['light', /^:root \{([^}]*)\}/gm],
    ['dark', /^ {2}:root \{([^}]*)\}/gm],
  ] as const)('are those of the %s pages', (look, pattern) => {
    const pages = inBlock(pattern)
    for (const [name, value] of Object.entries(PICTURE_COLOURS[look]))
      expect([name, value]).toEqual([name, pages.get(name)])
  })

  test('are written out, since picture renderers know no variables', () => {
    expect(pictureStyle('dark')).not.toMatch(/var\(|\$|undefined/)
  })
})

test('a picture has its title, unit, source, moment and address in it', () => {
  const svg = aPicture()
  for (const text of [
    '25 times the usual',
    'Reports per 5 minutes',
    'CC BY 4.0',
    'As of 24 Nov 2025',
    'https://outcry.example/i/1',
  ])
    expect(svg.replaceAll(/<\/?[^>]+>/g, ' ')).toContain(text)
})

test('a long title takes more lines, none wider than the picture', () => {
  const lines = wrapped(
    'Acme Mail with a very long name: reports rose to many times the usual level for this hour of the week',
    400,
    26,
  )
  expect(lines.length).toBeGreaterThan(2)
  for (const line of lines) expect(line.length * 26 * 0.56).toBeLessThan(440)
  expect(wrapped('報告が通常の倍に達しました'.repeat(3), 200, 20).length).toBeGreaterThan(3)
})

describe('a PNG', () => {
  const sizeOf = (png: Uint8Array) => {
    const view = new DataView(png.buffer, png.byteOffset)
    return { width: view.getUint32(16), height: view.getUint32(20) }
  }

  test('is a PNG of the size of the picture, or twice that', async () => {
    const once = await renderPng(aPicture(), 1)
    expect([...once.slice(1, 4)].map((byte) => String.fromCharCode(byte)).join('')).toBe('PNG')
    expect(sizeOf(once).width).toBe(960)
    expect(sizeOf(await renderPng(aPicture(), 2)).width).toBe(1920)
  })

  test('has the letters in it: another title is another picture', async () => {
    const one = await renderPng(aPicture('light', 'AAAAAAAA'), 1)
    const other = await renderPng(aPicture('light', 'BBBBBBBB'), 1)
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(false)
  })

  test('of a link preview is 1200 by 630', async () => {
    const svg = drawSharePicture({ title: 'T', lead: 'L', drawing: null, foot: 'F', direction: 'ltr' })
    expect(sizeOf(await renderPng(svg, 1))).toEqual({ width: 1200, height: 630 })
  })
})

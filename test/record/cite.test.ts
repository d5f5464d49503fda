import { expect, test } from 'vitest'
import { type Citable, citationsOf } from '../../src/record/cite.ts'

const CITABLE: Citable = {
  id: 'incident-1',
  title: 'Acme Mail & "Co": reports reached 29 times the usual level',
  url: 'https://outcry.example/i/1',
  issuedAt: Date.UTC(2025, 10, 24, 20, 5),
  accessedAt: null,
  version: '1',
}

test('plain text names title, moment of the numbers, method, licence and address', () => {
  expect(citationsOf(CITABLE).plain).toBe(
    'Outcry (2025). Acme Mail & "Co": reports reached 29 times the usual level. Data set, as of 2025-11-24 20:05 UTC, method version 1. CC BY 4.0. https://outcry.example/i/1',
  )
})

test('what changes is cited with the day of access', () => {
  const cited = citationsOf({ ...CITABLE, accessedAt: Date.UTC(2026, 0, 2) })
  expect(cited.plain).toMatch(/Accessed 2026-01-02 00:00 UTC\.$/)
  expect(cited.bibtex).toContain('urldate = {2026-01-02}')
  expect(JSON.parse(cited.csl).accessed).toEqual({ 'date-parts': [[2026, 1, 2]] })
})

test('BibTeX escapes what TeX would read as commands', () => {
  expect(citationsOf({ ...CITABLE, title: 'A & B_1 100% #x {y} ~ \\' }).bibtex).toContain(
    'title = {{A \\& B\\_1 100\\% \\#x \\{y\\} \\textasciitilde{} \\textbackslash{}}}',
  )
})

test('CSL-JSON is a data set with its date and version', () => {
  expect(JSON.parse(citationsOf(CITABLE).csl)).toEqual({
    id: 'incident-1',
    type: 'dataset',
    title: CITABLE.title,
    author: [{ literal: 'Outcry' }],
    issued: { 'date-parts': [[2025, 11, 24]] },
    version: '1',
    license: 'CC-BY-4.0',
    URL: 'https://outcry.example/i/1',
  })
})

test('HTML cannot be broken out of by a title', () => {
  expect(citationsOf({ ...CITABLE, title: '<b>"x"' }).html).toContain('&lt;b&gt;&quot;x&quot;')
})

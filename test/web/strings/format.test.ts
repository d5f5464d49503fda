import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from '../../../src/time.ts'
import { localeOf } from '../../../web/strings/format.ts'
import { LANGUAGES, localPath } from '../../../web/strings/language.ts'
import { fill, fillSpans, plainText } from '../../../web/strings/spans.ts'

describe('numbers', () => {
  const { multiple, number, percent } = localeOf('en')

  test.each([
    [0, '0'],
    [0.01, '<0.1'],
    [0.05, '0.1'],
    [1, '1'],
    [2.44, '2.4'],
    [9.94, '9.9'],
    [9.96, '10'],
    [28.6, '29'],
    [1240, '1,240'],
  ])('a multiple of %d is written %s', (ratio, text) => {
    expect(multiple(ratio)).toBe(text)
  })

  test('are grouped as the language groups them', () => {
    expect(number(73000)).toBe('73,000')
    expect(localeOf('de').number(73000)).toBe('73.000')
    expect(percent(0.437)).toBe('44%')
  })
})

describe('plurals', () => {
  test('follow the language', () => {
    const reports = (language: 'en' | 'ar' | 'ja', count: number) =>
      localeOf(language).plural(localeOf(language).strings.service.reports, count)
    expect(reports('en', 1)).toBe('1 report')
    expect(reports('en', 0)).toBe('0 reports')
    expect(reports('ar', 2)).toBe('بلاغان')
    expect(reports('ja', 1)).toBe('1件の報告')
  })
})

describe('time', () => {
  const at = Date.UTC(2025, 10, 24, 23, 30)

  test('is written in the zone of the locale, and the zone has a name', () => {
    expect(localeOf('en').dateTime(at)).toBe('24 Nov 2025, 23:30')
    expect(localeOf('en').clock(at)).toBe('23:30 UTC')
    expect(localeOf('en', 'Asia/Kolkata').clock(at)).toBe('05:00 Kolkata')
    expect(localeOf('en', 'America/New_York').zoneName).toBe('New York')
  })

  test.each([
    [20_000, '1 min'],
    [59 * MINUTE, '59 mins'],
    [3 * HOUR + 20 * MINUTE, '3 hrs 20 mins'],
    [2 * DAY, '2 days'],
    [2 * DAY + 5 * HOUR, '2 days 5 hrs'],
  ])('%d ms lasts %s', (duration, text) => {
    expect(localeOf('en').duration(duration)).toBe(text)
  })
})

describe('languages', () => {
  test('stand before the path, English without', () => {
    expect(localPath('en', '/s/slack')).toBe('/s/slack')
    expect(localPath('de', '/s/slack?range=7d')).toBe('/de/s/slack?range=7d')
    expect(localPath('de', '/')).toBe('/de')
    expect(localPath('de', '/?query=x')).toBe('/de?query=x')
  })

  test('write right to left in Arabic alone', () => {
    expect(LANGUAGES.filter((language) => localeOf(language).direction === 'rtl')).toEqual(['ar'])
  })
})

describe('sentences in pieces', () => {
  test('keep the order of their language and are the same as text', () => {
    const spans = fillSpans('{service}: {times} as usual', { service: 'Acme', times: { emphasis: '3 times' } })
    expect(spans).toEqual(['Acme', ': ', { emphasis: '3 times' }, ' as usual'])
    expect(plainText(spans)).toBe('Acme: 3 times as usual')
  })

  test('end with one point where a value already ends with that of an abbreviation', () => {
    expect(fill('Bemerkt nach {delay}.', { delay: '5 Min.' })).toBe('Bemerkt nach 5 Min.')
    expect(plainText(fillSpans('Bemerkt nach {delay}. Dann', { delay: { strong: '5 Min.' } }))).toBe(
      'Bemerkt nach 5 Min. Dann',
    )
    expect(fill('After {delay}.', { delay: '5 min' })).toBe('After 5 min.')
  })

  test('take values that look like slots or patterns as they are', () => {
    expect(fill('{name} is not here', { name: '$& {name}' })).toBe('$& {name} is not here')
  })
})

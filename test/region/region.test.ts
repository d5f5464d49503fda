import { describe, expect, test } from 'vitest'
import {
  canonicalRegion,
  countryCodes,
  firstLevelOf,
  parentOf,
  populationOf,
  regionName,
  subdivisionsOf,
  timeZoneOf,
} from '../../src/region/region.ts'
import { REGION_ALIASES } from '../../src/region/region-data.ts'

describe('which regions exist', () => {
  test('all 249 countries of ISO 3166-1 and Kosovo', () => {
    expect(countryCodes()).toHaveLength(250)
    expect(new Set(countryCodes()).size).toBe(250)
    expect(countryCodes()).toContain('XK')
  })

  test('some five thousand subdivisions, most of them at the first level', () => {
    const first = countryCodes().flatMap(subdivisionsOf)
    expect(first.length).toBeGreaterThan(3500)
    expect(new Set(first).size).toBe(first.length)
  })

  test.each([
    ['US', 51],
    ['DE', 16],
    ['FR', 13],
    ['GB', 4],
    ['IT', 20],
    ['ES', 19],
    ['BE', 3],
    ['JP', 47],
    ['BR', 27],
    ['IN', 36],
    ['CA', 13],
    ['NO', 15],
    ['DK', 5],
    ['UA', 27],
    ['CH', 26],
    ['AT', 9],
    ['PL', 16],
    ['MX', 32],
    ['NL', 12],
  ])('%s has %i first-level subdivisions', (country, count) => {
    expect(subdivisionsOf(country)).toHaveLength(count)
  })

  test('an unknown country has none, and the answer is a copy', () => {
    expect(subdivisionsOf('QQ')).toEqual([])
    subdivisionsOf('DE').pop()
    expect(subdivisionsOf('DE')).toHaveLength(16)
  })
})

describe('reading a code', () => {
  test.each([
    ['us-tx', 'US-TX'],
    [' de ', 'DE'],
    ['IN-OR', 'IN-OD'],
    ['US-PR', 'PR'],
    ['FR-971', 'GP'],
    ['UK', 'GB'],
    ['NL-BQ1', 'BQ-BO'],
    ['DK-101', 'DK-84'],
    ['NO-01', 'NO-31'],
    ['US-ZZ', null],
    ['QQ', null],
    ['', null],
    ['constructor', null],
    ['__proto__', null],
  ])('%j is %j', (text, code) => {
    expect(canonicalRegion(text)).toBe(code)
  })

  test('every retired code leads to one in force, and none of them is itself in force', () => {
    for (const retired of Object.keys(REGION_ALIASES)) {
      const heir = canonicalRegion(retired)
      expect(heir, retired).not.toBeNull()
      expect(heir, retired).not.toBe(retired)
      expect(canonicalRegion(heir!), retired).toBe(heir)
    }
  })
})

describe('names', () => {
  test('a country in the language asked for', () => {
    expect(regionName('DE')).toBe('Germany')
    expect(regionName('DE', 'ja')).toBe('ドイツ')
    expect(regionName('XK')).toBe('Kosovo')
  })

  test.each([
    ['US-TX', 'en', 'Texas'],
    ['DE-BY', 'en', 'Bavaria'],
    ['DE-BY', 'de', 'Bayern'],
    ['DE-BY', 'fr', 'Bavière'],
    ['DE-BY', 'es-MX', 'Baviera'],
    ['JP-13', 'en', 'Tokyo'],
    ['JP-13', 'ja', '東京都'],
    ['GB-SCT', 'de', 'Schottland'],
    ['IT-52', 'en', 'Tuscany'],
    ['ES-CT', 'es', 'Cataluña'],
    ['FR-BRE', 'fr', 'Bretagne'],
    ['BE-VLG', 'en', 'Flanders'],
    ['SY-DI', 'en', 'Damascus'],
    ['FR-75C', 'en', 'Paris'],
    ['SI-213', 'fi', 'Ankaran'],
  ])('%s in %s is %s', (code, language, name) => {
    expect(regionName(code, language)).toBe(name)
  })

  test('the code itself where nothing is known', () => {
    expect(regionName('US-ZZ')).toBe('US-ZZ')
    expect(regionName('world')).toBe('world')
  })

  test('no two first-level subdivisions of a country share a name, in any language of the pages', () => {
    for (const language of ['en', 'de', 'es', 'fr', 'pt', 'ja', 'ar'])
      for (const country of countryCodes()) {
        const names = subdivisionsOf(country).map((code) => regionName(code, language))
        const doubled = names.filter((name, n) => names.indexOf(name) !== n)
        expect(doubled, `${country} ${language}`).toEqual([])
      }
  })

  test('no region goes without a name', () => {
    for (const code of countryCodes().flatMap((country) => [country, ...subdivisionsOf(country)]))
      expect(regionName(code).length, code).toBeGreaterThan(1)
  })
})

describe('where a region belongs', () => {
  test.each([
    ['DE', null, 'DE'],
    ['DE-BY', 'DE', 'DE-BY'],
    ['FR-75C', 'FR-IDF', 'FR-IDF'],
    ['GB-ABE', 'GB-SCT', 'GB-SCT'],
    ['GB-BFS', 'GB-NIR', 'GB-NIR'],
    ['IT-RM', 'IT-62', 'IT-62'],
    ['ES-B', 'ES-CT', 'ES-CT'],
    ['BE-VAN', 'BE-VLG', 'BE-VLG'],
    ['ID-JW', 'ID', 'ID'],
    ['US-ZZ', null, 'US'],
    ['UA-43', 'UA', 'UA-43'],
  ])('%s lies in %s and counts in %s', (code, parent, first) => {
    expect(parentOf(code)).toBe(parent)
    expect(firstLevelOf(code)).toBe(first)
  })
})

describe('time zones', () => {
  test.each([
    ['US-CA', 'America/Los_Angeles'],
    ['US-KY', 'America/New_York'],
    ['ES-CN', 'Atlantic/Canary'],
    ['ES-GC', 'Atlantic/Canary'],
    ['PT-20', 'Atlantic/Azores'],
    ['AU-WA', 'Australia/Perth'],
    ['DE-BE', 'Europe/Berlin'],
    ['ID-PA', 'Asia/Jayapura'],
    ['US-ZZ', 'America/New_York'],
    ['QQ', 'UTC'],
  ])('%s keeps the time of %s', (code, zone) => {
    expect(timeZoneOf(code)).toBe(zone)
  })

  test('every zone is one that this platform knows', () => {
    const known = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
    for (const code of countryCodes().flatMap((country) => [country, ...subdivisionsOf(country)]))
      expect(() => known(timeZoneOf(code)), code).not.toThrow()
  })
})

test('population is known for nearly every country and for the states of the US', () => {
  expect(populationOf('DE')).toBeGreaterThan(80e6)
  expect(populationOf('RU')).toBeGreaterThan(140e6)
  expect(populationOf('US-TX')).toBe(29145505)
  expect(populationOf('DE-BY')).toBeNull()
  const unknown = countryCodes().filter((code) => populationOf(code) === null)
  expect(unknown).toEqual(['BV', 'HM', 'IO', 'TF'])
  const states = subdivisionsOf('US').reduce((sum, code) => sum + (populationOf(code) ?? 0), 0)
  expect(states).toBe(331449281)
})

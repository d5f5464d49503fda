import { REGION_ALIASES, REGION_LINES } from './region-data.ts'
import { REGION_NAME_LINES } from './region-names.ts'

interface Region {
  code: string
  /** As in the ISO list; `null` for a country, whose names `Intl` knows. */
  name: string | null
  parent: string | null
  /** Whether counts and maps go down to it: a country, or the first level below one. */
  isCounted: boolean
  timeZone: string
  population: number | null
}

interface Gazetteer {
  regions: Map<string, Region>
  subdivisions: Map<string, string[]>
}

let gazetteer: Gazetteer | null = null

/** Read at first use: a Worker's start may not spend the milliseconds. */
function load(): Gazetteer {
  gazetteer ??= parse(REGION_LINES)
  return gazetteer
}

function parse(lines: string): Gazetteer {
  const regions = new Map<string, Region>()
  const subdivisions = new Map<string, string[]>()
  let country = { code: '', timeZone: 'UTC' }
  for (const line of lines.trim().split('\n')) {
    const [code = '', name = '', parent = '', zone = '', people = ''] = line.split('|')
    const population = people === '' ? null : Number(people)
    if (name === '') {
      country = { code, timeZone: zone }
      regions.set(code, { code, name: null, parent: null, isCounted: true, timeZone: zone, population })
      subdivisions.set(code, [])
      continue
    }
    const whole = `${country.code}-${code}`
    regions.set(whole, {
      code: whole,
      name,
      parent: parent === '' || parent === '~' ? country.code : `${country.code}-${parent}`,
      isCounted: parent === '',
      timeZone: zone || country.timeZone,
      population,
    })
    if (parent === '') subdivisions.get(country.code)?.push(whole)
  }
  return { regions, subdivisions }
}

/**
 * The code in force for what someone wrote: upper case, retired codes replaced by their heir (`IN-OR` is `IN-OD`), a
 * subdivision that is a country of its own by that country (`US-PR` is `PR`).
 *
 * @returns an ISO 3166-1 or ISO 3166-2 code that {@link regionName} knows, or `null`
 */
export function canonicalRegion(text: string): string | null {
  const code = text.trim().toUpperCase()
  const { regions } = load()
  if (regions.has(code)) return code
  const heir = Object.hasOwn(REGION_ALIASES, code) ? REGION_ALIASES[code] : undefined
  return heir !== undefined && regions.has(heir) ? heir : null
}

const countryNames = new Map<string, Intl.DisplayNames>()
const subdivisionNames = new Map<string, Map<string, string>>()

/**
 * What a region is called in a language: a country as `Intl` knows it, a subdivision from our table, else as in the ISO
 * list; the code where unknown.
 *
 * @param language a BCP 47 tag
 * @throws RangeError when the tag is malformed
 */
export function regionName(code: string, language = 'en'): string {
  if (code.includes('-')) return namesIn(language.split('-')[0]!).get(code) ?? load().regions.get(code)?.name ?? code
  let names = countryNames.get(language)
  if (names === undefined) {
    names = new Intl.DisplayNames([language], { type: 'region', fallback: 'code' })
    countryNames.set(language, names)
  }
  return /^[A-Z]{2}$/.test(code) ? (names.of(code) ?? code) : code
}

function namesIn(language: string): Map<string, string> {
  let names = subdivisionNames.get(language)
  if (names === undefined) {
    const lines = Object.hasOwn(REGION_NAME_LINES, language) ? REGION_NAME_LINES[language]! : ''
    names = new Map(lines.split('\n').flatMap((line) => (line === '' ? [] : [line.split('|') as [string, string]])))
    subdivisionNames.set(language, names)
  }
  return names
}

/** The region one level up: a country for a first-level subdivision, `null` for a country or an unknown code. */
export function parentOf(code: string): string | null {
  return load().regions.get(code)?.parent ?? null
}

/** The IANA zone that most people of the region live in; a subdivision we do not know keeps its country's, else `UTC`. */
export function timeZoneOf(code: string): string {
  const { regions } = load()
  return (regions.get(code) ?? regions.get(code.slice(0, 2)))?.timeZone ?? 'UTC'
}

/** How many people live there, `null` where no reliable figure is at hand (most subdivisions). */
export function populationOf(code: string): number | null {
  return load().regions.get(code)?.population ?? null
}

/** Every country of ISO 3166-1, and Kosovo (`XK`), by code. */
export function countryCodes(): string[] {
  return [...load().subdivisions.keys()]
}

/** A country's first-level subdivisions by code: what reports count in and maps draw. */
export function subdivisionsOf(country: string): string[] {
  return [...(load().subdivisions.get(country) ?? [])]
}

/**
 * The region that a report from here counts in: the first level for a deeper subdivision (`FR-75C` is `FR-IDF`), the
 * country where the subdivision is unknown or belongs to none.
 */
export function firstLevelOf(code: string): string {
  const { regions } = load()
  let region = regions.get(code)
  while (region && !region.isCounted && region.parent !== null) region = regions.get(region.parent)
  return region?.code ?? code.slice(0, 2)
}

import { expect, test } from 'vitest'
import type { RegionAreas } from '../../src/region/locate-point.ts'
import { NOWHERE } from '../../src/report/report.ts'
import { placeOf } from '../../src/runtime/geoip.ts'

const everywhereBavaria = (): RegionAreas => ({ find: (_latitude, _longitude, country) => `${country}-BY` })
const unopened = (): RegionAreas => {
  throw new Error('areas were opened without need')
}

test('a record with ISO codes is taken at its word', () => {
  const record = { country: { iso_code: 'US' }, subdivisions: [{ iso_code: 'TX' }] }
  expect(placeOf(record, unopened)).toEqual({ country: 'US', subdivision: 'US-TX' })
})

test('a retired code is translated, and a territory is the country that it is', () => {
  const old = { country: { iso_code: 'IN' }, subdivisions: [{ iso_code: 'OR' }] }
  expect(placeOf(old, unopened)).toEqual({ country: 'IN', subdivision: 'IN-OD' })
  const territory = { country: { iso_code: 'US' }, subdivisions: [{ iso_code: 'PR' }] }
  expect(placeOf(territory, unopened)).toEqual({ country: 'PR', subdivision: null })
})

test('a record with a place and no code, or an unknown one, is looked up on the map', () => {
  const flat = { country_code: 'DE', latitude: 48.1, longitude: 11.6 }
  expect(placeOf(flat, everywhereBavaria)).toEqual({ country: 'DE', subdivision: 'DE-BY' })
  const unknown = {
    country: { iso_code: 'DE' },
    subdivisions: [{ iso_code: '??' }],
    location: { latitude: 48.1, longitude: 11.6 },
  }
  expect(placeOf(unknown, everywhereBavaria)).toEqual({ country: 'DE', subdivision: 'DE-BY' })
})

test('a place that lies in no known subdivision leaves the country', () => {
  const atSea = { country_code: 'DE', latitude: 55, longitude: 5 }
  expect(placeOf(atSea, () => ({ find: () => null }))).toEqual({ country: 'DE', subdivision: null })
  expect(placeOf({ country_code: 'DE' }, unopened)).toEqual({ country: 'DE', subdivision: null })
})

test('no record, or a country that is none, is nowhere', () => {
  for (const record of [null, {}, { country_code: 'EU' }, { country_code: 'ZZ' }, { country_code: '' }])
    expect(placeOf(record, unopened)).toEqual(NOWHERE)
})

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readRegionAreas } from '../../src/region/locate-point.ts'
import { countryCodes, subdivisionsOf } from '../../src/region/region.ts'

const text = readFileSync(new URL('../../src/region/region-areas.txt', import.meta.url), 'utf8')
const areas = readRegionAreas(text)

describe('the region of a place', () => {
  // Coordinates of city centres, as encyclopaedias give them.
  test.each([
    ['New York', 40.713, -74.006, 'US-NY'],
    ['Los Angeles', 34.052, -118.244, 'US-CA'],
    ['Houston', 29.76, -95.37, 'US-TX'],
    ['Miami', 25.762, -80.192, 'US-FL'],
    ['Washington', 38.907, -77.037, 'US-DC'],
    ['Honolulu', 21.307, -157.858, 'US-HI'],
    ['Anchorage', 61.218, -149.9, 'US-AK'],
    ['Toronto', 43.653, -79.383, 'CA-ON'],
    ['Montréal', 45.502, -73.567, 'CA-QC'],
    ['Vancouver', 49.283, -123.121, 'CA-BC'],
    ['Mexico City', 19.433, -99.133, 'MX-CMX'],
    ['Guadalajara', 20.676, -103.347, 'MX-JAL'],
    ['São Paulo', -23.551, -46.633, 'BR-SP'],
    ['Rio de Janeiro', -22.907, -43.173, 'BR-RJ'],
    ['Brasília', -15.794, -47.882, 'BR-DF'],
    ['Buenos Aires', -34.604, -58.382, 'AR-C'],
    ['Córdoba', -31.42, -64.188, 'AR-X'],
    ['Santiago', -33.449, -70.669, 'CL-RM'],
    ['Lima', -12.046, -77.043, 'PE-LMA'],
    ['Bogotá', 4.711, -74.072, 'CO-DC'],
    ['London', 51.507, -0.128, 'GB-ENG'],
    ['Edinburgh', 55.953, -3.188, 'GB-SCT'],
    ['Cardiff', 51.482, -3.179, 'GB-WLS'],
    ['Belfast', 54.597, -5.93, 'GB-NIR'],
    ['Dublin', 53.35, -6.26, 'IE-L'],
    ['Berlin', 52.52, 13.405, 'DE-BE'],
    ['Hamburg', 53.551, 9.994, 'DE-HH'],
    ['München', 48.137, 11.576, 'DE-BY'],
    ['Köln', 50.938, 6.96, 'DE-NW'],
    ['Wien', 48.208, 16.374, 'AT-9'],
    ['Zürich', 47.377, 8.541, 'CH-ZH'],
    ['Genève', 46.204, 6.143, 'CH-GE'],
    ['Paris', 48.857, 2.352, 'FR-IDF'],
    ['Lyon', 45.764, 4.836, 'FR-ARA'],
    ['Marseille', 43.297, 5.37, 'FR-PAC'],
    ['Madrid', 40.417, -3.703, 'ES-MD'],
    ['Barcelona', 41.385, 2.173, 'ES-CT'],
    ['Las Palmas', 28.124, -15.43, 'ES-CN'],
    ['Lisboa', 38.722, -9.139, 'PT-11'],
    ['Roma', 41.903, 12.496, 'IT-62'],
    ['Milano', 45.464, 9.19, 'IT-25'],
    ['Palermo', 38.116, 13.361, 'IT-82'],
    ['Amsterdam', 52.368, 4.904, 'NL-NH'],
    ['Antwerpen', 51.22, 4.4, 'BE-VLG'],
    ['Oslo', 59.914, 10.752, 'NO-03'],
    ['Bergen', 60.393, 5.324, 'NO-46'],
    ['Stockholm', 59.329, 18.069, 'SE-AB'],
    ['København', 55.676, 12.568, 'DK-84'],
    ['Helsinki', 60.17, 24.938, 'FI-18'],
    ['Warszawa', 52.23, 21.012, 'PL-14'],
    ['Praha', 50.075, 14.437, 'CZ-10'],
    ['Budapest', 47.498, 19.04, 'HU-BU'],
    ['Kyiv', 50.45, 30.523, 'UA-30'],
    ['Simferopol', 44.952, 34.102, 'UA-43'],
    ['Moskva', 55.756, 37.617, 'RU-MOW'],
    ['Vladivostok', 43.116, 131.882, 'RU-PRI'],
    ['Anadyr', 64.734, 177.51, 'RU-CHU'],
    ['Istanbul', 41.008, 28.978, 'TR-34'],
    ['Tel Aviv', 32.085, 34.782, 'IL-TA'],
    ['Cairo', 30.044, 31.236, 'EG-C'],
    ['Lagos', 6.524, 3.379, 'NG-LA'],
    ['Johannesburg', -26.204, 28.047, 'ZA-GP'],
    ['Cape Town', -33.925, 18.424, 'ZA-WC'],
    ['Mumbai', 19.076, 72.878, 'IN-MH'],
    ['Delhi', 28.614, 77.209, 'IN-DL'],
    ['Bengaluru', 12.972, 77.595, 'IN-KA'],
    ['Karachi', 24.861, 67.01, 'PK-SD'],
    ['Bangkok', 13.756, 100.502, 'TH-10'],
    ['Jakarta', -6.2, 106.816, 'ID-JK'],
    ['Manila', 14.6, 120.984, 'PH-00'],
    ['Beijing', 39.904, 116.407, 'CN-BJ'],
    ['Shanghai', 31.23, 121.474, 'CN-SH'],
    ['Seoul', 37.566, 126.978, 'KR-11'],
    ['Tokyo', 35.676, 139.65, 'JP-13'],
    ['Osaka', 34.694, 135.502, 'JP-27'],
    ['Naha', 26.212, 127.681, 'JP-47'],
    ['Sydney', -33.869, 151.209, 'AU-NSW'],
    ['Melbourne', -37.814, 144.963, 'AU-VIC'],
    ['Perth', -31.95, 115.861, 'AU-WA'],
    ['Auckland', -36.849, 174.763, 'NZ-AUK'],
  ])('%s', (_, latitude, longitude, region) => {
    expect(areas.find(latitude, longitude)).toBe(region)
    expect(areas.find(latitude, longitude, region.slice(0, 2))).toBe(region)
  })

  test('off the coast: the nearest region within 30 km, beyond it none', () => {
    expect(areas.find(51.1, 1.6)).toBe('GB-ENG')
    expect(areas.find(40.4, -73.7)).toBe('US-NY')
    expect(areas.find(45, -30)).toBeNull()
  })

  test('across the border: the country that is known by other means', () => {
    expect(areas.find(49.0, -97.2, 'US')).toMatch(/^US-(ND|MN)$/)
    expect(areas.find(49.05, -97.2, 'US')).toMatch(/^US-/)
    expect(areas.find(49.05, -97.2)).toBe('CA-MB')
    expect(areas.find(52.52, 13.405, 'US')).toBeNull()
  })

  test('the country alone where borders of its subdivisions are out of date', () => {
    expect(areas.find(-1.286, 36.817)).toBe('KE')
  })

  test('what is no place has no region', () => {
    expect(areas.find(Number.NaN, 0)).toBeNull()
    expect(areas.find(0, Number.POSITIVE_INFINITY)).toBeNull()
    expect(areas.find(52, 13, 'QQ')).toBeNull()
  })
})

test('areas belong to countries and first-level subdivisions in force', () => {
  const known = new Set(countryCodes().flatMap((country) => [country, ...subdivisionsOf(country)]))
  const rows = text.split('\n\n')[1]!.trim().split('\n')
  expect(rows.length).toBeGreaterThan(3300)
  for (const row of rows) expect(known, row.slice(0, 20)).toContain(row.split(' ')[0])
})

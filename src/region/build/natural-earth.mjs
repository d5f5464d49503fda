// Gives each Natural Earth admin-1 feature the first-level ISO code it belongs to, or its country where the codes have no match.
import { ALIASES, firstLevelOf, SAME_AS } from './codes.mjs'

/** Iran renumbered in 2020 and used the old numbers again, so a bare number cannot be translated outside this file. */
const IRAN =
  '01>03 02>04 03>24 04>10 05>16 06>18 07>23 08>14 10>06 11>19 12>20 13>11 14>07 15>08 16>12 17>05 18>17 19>01 20>15 21>02 22>00 23>22 24>13 25>21 26>25 27>27 28>26 29>29 30>09 31>28'
const iran = new Map(IRAN.split(' ').map((pair) => pair.split('>').map((number) => `IR-${number}`)))

const BY_NAME = {
  'IR-07|Alborz': 'IR-30', 'CO-CUN|Bogota': 'CO-DC', 'PE-LIM|Lima Province': 'PE-LMA', 'SB-CH|Western': 'SB-WE',
  'LA-VI|Vientiane [prefecture]': 'LA-VT', 'RU-MOW|Moskovskaya': 'RU-MOS', 'RU-MOS|Moskva': 'RU-MOW', 'MV-12|Malé': 'MV-MLE',
  'KZ-ALA|Almaty': 'KZ-19', 'KZ-ALA|Almaty City': 'KZ-75', 'PH-BCD|Bacolod': 'PH-06', 'PH-MDE|Mandaue': 'PH-07',
  'PH-LAP|Lapu-Lapu': 'PH-07', 'PH-MAG|Maguindanao': 'PH-14', 'IT-CI|Carbonia-Iglesias': 'IT-88', 'IT-OT|Olbia-Tempio': 'IT-88',
  'IT-VS|Medio Campidano': 'IT-88', 'IT-OG|Ogliastra': 'IT-88', 'GB-NTH|Northamptonshire': 'GB-ENG', 'AU-X02|Jervis Bay Territory': 'AU-ACT',
  'LR-X1|Gbapolu': 'LR-GP', 'LR-X2|River Gee': 'LR-RG', 'BS-X01|New Providence': 'BS-NP', 'AZ-X01|Şuşa': 'AZ-SUS',
} // biome-ignore format: a table

const NO_CODE = {
  X15: 'CC',
  X14: 'CX',
  X02: 'FR',
  X04: 'CY',
  X05: 'KZ',
  X11: 'SO',
  X13: 'CU',
  X16: 'CY',
  X17: 'CY',
  X06: 'IN',
}
const NATION = { ENG: 'GB-ENG', SCT: 'GB-SCT', WLS: 'GB-WLS', NIR: 'GB-NIR' }

/** Provinces drawn by Natural Earth whose borders have since changed out of recognition: the country alone. */
const OUTDATED = /^(NP|KE)-|^CD-(EQ|KE|KA|OR|BN|KW)$/

/** Morocco reused its numbers in 2015; where a former region was divided, the heir that got most of it. */
const MOROCCO = '01>01 02>04 03>03 04>02 05>03 06>03 07>04 08>06 09>06 10>06 11>07 12>05 13>09 14>10 15>11 16>12'
const morocco = new Map(MOROCCO.split(' ').map((pair) => pair.split('>').map((number) => `MA-${number}`)))

const plain = (text) =>
  (text ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

export function districtNations(features) {
  return new Map(
    features
      .filter((f) => NATION[f.properties.gu_a3])
      .map((f) => [f.properties.iso_3166_2, NATION[f.properties.gu_a3]]),
  )
}

/** @returns first-level code, country code, or null for what belongs to nobody's code and is too small to see */
export function regionOfFeature({ properties: p }, subdivisions, countries) {
  const received = (p.iso_3166_2 ?? '').replace(/~$/, '')
  const named = BY_NAME[`${received}|${p.name}`]
  if (named) return named
  if (received.startsWith('-99')) return NO_CODE[received.slice(4)] ?? null
  if (received === 'NO-X01') return 'BV'
  if (SAME_AS[received]) return SAME_AS[received]
  const country = /^[A-Z]{2}-/.test(received) && countries.has(received.slice(0, 2)) ? received.slice(0, 2) : p.iso_a2
  if (country === 'GB') return NATION[p.gu_a3] ?? 'GB'
  if (OUTDATED.test(received)) return country
  const code = iran.get(received) ?? morocco.get(received) ?? ALIASES[received] ?? received
  if (subdivisions.has(code)) return firstLevelOf(code, subdivisions) ?? country
  const names = [p.name, p.name_en, p.woe_name, p.gn_name].filter(Boolean).map(plain)
  for (const row of subdivisions.values())
    if (row.code.startsWith(`${country}-`) && row.first && names.includes(plain(row.name))) return row.code
  return countries.has(country) ? country : null
}

const ACROSS = new Set(['RU', 'FJ'])
const TURN = 60

/** On both sides of 180°, where Natural Earth cuts: left so, a border would be drawn that is none. */
export const isAcrossTheDateLine = ({ properties }) => ACROSS.has(properties.country)

function mapLongitudes(feature, change) {
  const { geometry } = feature
  if (geometry === null) return feature
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const coordinates = polygons.map((rings) => rings.map((ring) => ring.map(([x, y]) => [change(x), y])))
  return { ...feature, geometry: { type: 'MultiPolygon', coordinates } }
}

/** Off the cut, and still within the 180° in which mapshaper measures in metres. */
export const turnedOffTheDateLine = (feature) => mapLongitudes(feature, (x) => (x < 0 ? x + 360 : x) - TURN)

export const turnedBack = (feature) => mapLongitudes(feature, (x) => x + TURN)

// Population where a figure can be relied on. Countries: World Bank 2018 as collected by country-json. Subdivisions: US only, 2020 census.
const NAMES = {
  BN: 'Brunei', BO: 'Bolivia', CD: 'The Democratic Republic of Congo', CG: 'Congo', CI: 'Ivory Coast', CZ: 'Czech Republic', FM: 'Micronesia, Federated States of',
  FK: 'Falkland Islands', GB: 'United Kingdom', IR: 'Iran', KP: 'North Korea', KR: 'South Korea', LA: 'Laos', LY: 'Libyan Arab Jamahiriya',
  MD: 'Moldova', MF: 'Saint Martin', MK: 'North Macedonia', PS: 'Palestine', RU: 'Russia', SH: 'Saint Helena', SY: 'Syria', SZ: 'Swaziland',
  TL: 'East Timor', TZ: 'Tanzania', US: 'United States', VA: 'Holy See (Vatican City State)', VE: 'Venezuela', VG: 'Virgin Islands, British',
  VI: 'Virgin Islands, U.S.', VN: 'Vietnam', FJ: 'Fiji Islands', TR: 'Turkey', CV: 'Cape Verde', NL: 'Netherlands',
} // biome-ignore format: a table

/** Not in that list, from the national offices' estimates for 2018-2020, rounded to thousands. */
const OTHERS = {
  TW: 23589000, RS: 6983000, ME: 622000, XK: 1790000, SS: 10976000, GG: 63000, JE: 107000, AX: 30000, BL: 10000, CW: 160000, SX: 41000,
  BQ: 26000, GP: 400000, MQ: 368000, GF: 283000, RE: 856000, YT: 270000, MF: 37000, PS: 4569000, IM: 84000, TR: 82320000,
} // biome-ignore format: a table

const US_2020 =
  'AL 5024279 AK 733391 AZ 7151502 AR 3011524 CA 39538223 CO 5773714 CT 3605944 DE 989948 DC 689545 FL 21538187 GA 10711908 HI 1455271 ID 1839106 IL 12812508 IN 6785528 IA 3190369 KS 2937880 KY 4505836 LA 4657757 ME 1362359 MD 6177224 MA 7029917 MI 10077331 MN 5706494 MS 2961279 MO 6154913 MT 1084225 NE 1961504 NV 3104614 NH 1377529 NJ 9288994 NM 2117522 NY 20201249 NC 10439388 ND 779094 OH 11799448 OK 3959353 OR 4237256 PA 13002700 RI 1097379 SC 5118425 SD 886667 TN 6910840 TX 29145505 UT 3271616 VT 643077 VA 8631393 WA 7705281 WV 1793716 WI 5893718 WY 576851'

const plain = (text) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, 'and')
    .replace(/[^a-z]/g, '')

export function populations(countries, rows) {
  const listed = new Map(rows.map(({ country, population }) => [plain(country), population]))
  const result = new Map()
  for (const [code, name] of countries) {
    const people = OTHERS[code] ?? listed.get(plain(NAMES[code] ?? name)) ?? listed.get(plain(name))
    if (people > 0) result.set(code, people)
  }
  for (const [, state, people] of US_2020.matchAll(/([A-Z]{2}) (\d+)/g)) result.set(`US-${state}`, Number(people))
  return result
}

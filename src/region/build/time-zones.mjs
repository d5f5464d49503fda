// The zone most people of a country live in, where the first zone of the tz database's own list is not that one.
const MAIN = {
  US: 'America/New_York', CA: 'America/Toronto', AU: 'Australia/Sydney', BR: 'America/Sao_Paulo', RU: 'Europe/Moscow', FM: 'Pacific/Pohnpei',
  GL: 'America/Nuuk', UM: 'Pacific/Wake', UZ: 'Asia/Tashkent', PS: 'Asia/Hebron', PT: 'Europe/Lisbon', ES: 'Europe/Madrid', MX: 'America/Mexico_City',
  ID: 'Asia/Jakarta', KZ: 'Asia/Almaty', CD: 'Africa/Kinshasa', CL: 'America/Santiago', AR: 'America/Argentina/Buenos_Aires', NZ: 'Pacific/Auckland',
  EC: 'America/Guayaquil', CN: 'Asia/Shanghai', MN: 'Asia/Ulaanbaatar', PF: 'Pacific/Tahiti', AQ: 'Antarctica/McMurdo', UA: 'Europe/Kyiv', CY: 'Asia/Nicosia',
  DE: 'Europe/Berlin', MY: 'Asia/Kuala_Lumpur', PG: 'Pacific/Port_Moresby', KI: 'Pacific/Tarawa', MH: 'Pacific/Majuro', XK: 'Europe/Belgrade',
  BV: 'Europe/Oslo', HM: 'Indian/Kerguelen',
} // biome-ignore format: a table

/** Subdivisions in two zones, where the label's place and most people disagree, or that have no place of their own. */
const SUBDIVISION = {
  'US-KY': 'America/New_York', 'RU-SAK': 'Asia/Sakhalin', 'BR-PA': 'America/Belem', 'ID-KU': 'Asia/Makassar', 'CA-NU': 'America/Iqaluit',
  'ID-PD': 'Asia/Jayapura', 'ID-PE': 'Asia/Jayapura', 'ID-PS': 'Asia/Jayapura', 'ID-PT': 'Asia/Jayapura', 'ID-PP': 'Asia/Jayapura',
  'ID-NU': 'Asia/Makassar', 'ID-SL': 'Asia/Makassar', 'ID-ML': 'Asia/Jayapura',
} // biome-ignore format: a table

/** Countries whose law knows one time, whatever single places keep. */
const ONE_TIME = new Set(['CN', 'DE', 'VN', 'PS', 'CY', 'UA', 'MY', 'AQ', 'NO', 'IN'])

/** @param zoneTab text of the tz database's `zone.tab` (public domain) */
export function timeZones(zoneTab, lookup) {
  const zones = new Map()
  for (const line of zoneTab.split('\n').filter((line) => line && !line.startsWith('#'))) {
    const [country, , zone] = line.split('\t')
    zones.set(country, [...(zones.get(country) ?? []), zone])
  }
  const main = (country) => MAIN[country] ?? zones.get(country)?.[0] ?? null
  return {
    main,
    ofSubdivision: (code) => SUBDIVISION[code] ?? null,
    at(country, latitude, longitude) {
      const all = zones.get(country) ?? []
      if (all.length < 2 || ONE_TIME.has(country)) return main(country)
      const zone = lookup(latitude, longitude)
      return all.includes(zone) ? zone : main(country)
    },
  }
}

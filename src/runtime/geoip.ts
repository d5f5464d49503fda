import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CityResponse, Reader } from 'mmdb-lib'
import { type RegionAreas, readRegionAreas } from '../region/locate-point.ts'
import { canonicalRegion } from '../region/region.ts'
import { NOWHERE, type Place, placeIn } from '../report/report.ts'
import { PROJECT_ROOT } from './project-files.ts'

/** What we read of a record: MaxMind's own layout, or the flat one of the free DB-IP files. */
export interface GeoipRecord {
  country?: { iso_code?: string }
  country_code?: string
  subdivisions?: { iso_code?: string }[]
  location?: { latitude?: number; longitude?: number }
  latitude?: number
  longitude?: number
}

/** Places by address from a MaxMind-format file. */
export function openGeoip(path: string): (address: string) => Place {
  const reader = new Reader<CityResponse>(readDatabase(path))
  let areas: RegionAreas | null = null
  const openAreas = () => {
    areas ??= readRegionAreas(readFileSync(join(PROJECT_ROOT, 'src/region/region-areas.txt'), 'utf8'))
    return areas
  }
  return (address) => placeOf(reader.get(address) as GeoipRecord | null, openAreas)
}

function readDatabase(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new Error(`wrong setting: GEOIP_DB: cannot be read: ${(error as Error).message}`)
  }
}

/**
 * The country as recorded; the subdivision by its ISO code, else by where the place lies on the map. Never by its name:
 * names of the free files agree with ISO's in few countries.
 *
 * @param openAreas called only for a record that has a place and no code
 */
export function placeOf(record: GeoipRecord | null, openAreas: () => RegionAreas): Place {
  const recorded = canonicalRegion(record?.country?.iso_code ?? record?.country_code ?? '')
  if (record === null || recorded === null || recorded.includes('-')) return NOWHERE

  const suffix = record.subdivisions?.[0]?.iso_code
  const coded = suffix ? canonicalRegion(`${recorded}-${suffix}`) : null
  if (coded !== null) return placeIn(coded)

  const latitude = record.location?.latitude ?? record.latitude
  const longitude = record.location?.longitude ?? record.longitude
  if (latitude === undefined || longitude === undefined) return placeIn(recorded)
  return placeIn(openAreas().find(latitude, longitude, recorded) ?? recorded)
}

import { readFileSync } from 'node:fs'
import { type CityResponse, Reader } from 'mmdb-lib'
import type { Place } from '../ports.ts'

interface CityRecord {
  country?: { iso_code?: string }
  country_code?: string
  subdivisions?: { iso_code?: string }[]
}

export const NOWHERE: Place = { country: null, subdivision: null }

/** Places by address from a MaxMind-format file. Subdivisions only where the file has ISO codes: names do not join. */
export function openGeoip(path: string): (address: string) => Place {
  const reader = new Reader<CityResponse>(readFileSync(path))
  return (address) => {
    const record = reader.get(address) as CityRecord | null
    const country = record?.country?.iso_code ?? record?.country_code ?? null
    if (country === null || !/^[A-Z]{2}$/.test(country)) return NOWHERE
    const suffix = record?.subdivisions?.[0]?.iso_code
    return { country, subdivision: suffix ? `${country}-${suffix}` : null }
  }
}

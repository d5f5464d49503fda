import { REGION_CENTRES } from './region-centres.ts'

export interface Centre {
  /** Degrees east. */
  longitude: number
  /** Degrees north. */
  latitude: number
}

let centres: Map<string, Centre> | null = null

/** The middle of a region's largest part; `null` where its borders are not known. */
export function centreOf(region: string): Centre | null {
  centres ??= new Map(
    REGION_CENTRES.trim()
      .split('\n')
      .map((row) => {
        const [code = '', longitude, latitude] = row.split(' ')
        return [code, { longitude: Number(longitude), latitude: Number(latitude) }]
      }),
  )
  return centres.get(region) ?? null
}

import { SMALLEST_SHOWN } from '../count/timeseries.ts'
import { type CsvValue, toCsvText } from '../http/csv.ts'
import { CREDIT, LICENCE } from './cite.ts'

/** What stands where a count is kept back. */
export const SUPPRESSED = `<${SMALLEST_SHOWN}`

/** What stands where a count of any size is kept back, as small ones could be worked out from it. */
export const HIDDEN = 'hidden'

export type FigureValue = string | number | null

export interface FigureColumn {
  /** Name in JSON. */
  key: string
  /** Heading in CSV, before its unit. */
  label: string
  unit: string | null
}

/** A figure's numbers and everything that must be said with them; picture, table and files are all made of this. */
export interface Figure {
  /** Where it stands, without ending: `/i/abc/trend`. */
  path: string
  title: string
  subtitle: string
  source: string
  /** Page that shows the figure. */
  page: string
  asOf: number
  methodVersion: string
  sampleSize: number
  columns: FigureColumn[]
  /** One value a column; a count that is kept back is {@link SUPPRESSED}. */
  rows: FigureValue[][]
}

/** RFC 4180 with units in the header; nothing measured is empty. */
export function figureCsv({ columns, rows }: Pick<Figure, 'columns' | 'rows'>): string {
  const header = columns.map(({ label, unit }) => (unit === null ? label : `${label} (${unit})`))
  return toCsvText(header, rows as CsvValue[][])
}

/** The rows as objects, with what is needed to read them. */
export function figureJson(figure: Figure, origin: string) {
  return {
    ...figureMetadata(figure, origin),
    rows: figure.rows.map((row) =>
      Object.fromEntries(figure.columns.map(({ key }, index) => [key, row[index] ?? null])),
    ),
  }
}

/** What the numbers are, without the numbers. */
export function figureMetadata(figure: Figure, origin: string) {
  const { title, subtitle, source, path, page, asOf, methodVersion, sampleSize, columns, rows } = figure
  const [base, query = ''] = path.split('?')
  const at = (ending: string) => `${origin}${base}.${ending}${query && `?${query}`}`
  return {
    title,
    subtitle,
    source,
    url: origin + page,
    files: { csv: at('csv'), json: at('json'), svg: at('svg'), png: at('png') },
    asOf: new Date(asOf).toISOString(),
    methodVersion,
    sampleSize,
    suppressed: `${SUPPRESSED} stands for a count that is kept back, ${HIDDEN} for another that would give it away`,
    licence: LICENCE,
    credit: CREDIT,
    columns,
    rowCount: rows.length,
  }
}

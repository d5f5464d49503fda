import type { CsvColumn } from '../http/csv-metadata.ts'

/** What stands in a heatmap written as CSV. */
export const HEATMAP_COLUMNS: readonly CsvColumn[] = [
  { title: 'region (ISO 3166)', datatype: 'string', description: 'Country or subdivision.' },
  { title: 'name', datatype: 'string', description: 'What it is called in English.' },
  {
    title: 'count (reporters; <3 or hidden = kept back)',
    datatype: 'string',
    description:
      'Distinct people who reported a problem in the window. "<3" is fewer than three, or none; "hidden" is kept back beside such a count, without saying how large it is. Empty without data: for most of the window nobody listened.',
  },
  {
    title: 'expected (reporters)',
    datatype: 'decimal',
    description: 'What was usual for the window; empty where nothing is known of it, and where the count is kept back.',
  },
  { title: 'ratio', datatype: 'decimal', description: 'count / expected.' },
  { title: 'per million people', datatype: 'decimal', description: 'Reporters per million inhabitants.' },
  {
    title: 'state',
    datatype: 'string',
    description: 'none, usual, elevated, high, hidden; unknown where there is no data or no usual is known.',
  },
]

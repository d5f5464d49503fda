import type { CsvColumn } from '../http/csv-metadata.ts'

/** What stands in a heatmap written as CSV. */
export const HEATMAP_COLUMNS: readonly CsvColumn[] = [
  { title: 'region (ISO 3166)', datatype: 'string', description: 'Country or subdivision.' },
  { title: 'name', datatype: 'string', description: 'What it is called in English.' },
  {
    title: 'count (reporters; <3 or hidden = kept back)',
    datatype: 'string',
    description:
      'Distinct people who reported a problem in the window. "<3" is fewer than three, or none; "hidden" is kept back beside such a count, without saying how large it is.',
  },
  { title: 'expected (reporters)', datatype: 'decimal', description: 'What is usual for the window.' },
  { title: 'ratio', datatype: 'decimal', description: 'count / expected.' },
  { title: 'per million people', datatype: 'decimal', description: 'Reporters per million inhabitants.' },
  { title: 'state', datatype: 'string', description: 'none, usual, elevated, high, or hidden.' },
]

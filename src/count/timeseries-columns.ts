import type { CsvColumn } from '../http/csv-metadata.ts'

/** What stands in a series written as CSV. */
export const TIMESERIES_COLUMNS: readonly CsvColumn[] = [
  {
    title: 't (UTC start of step)',
    datatype: 'datetime',
    description: 'Start of the step; it ends where the next begins.',
  },
  {
    title: 'count (reporters per step; empty = no data or fewer than 3)',
    datatype: 'integer',
    description:
      'Distinct people who reported a problem in the step. Not users affected. No data where for most of the step nobody listened, and in the time to come.',
  },
  {
    title: 'expected (reporters)',
    datatype: 'decimal',
    description: 'What is usual for the part of the step that was listened to.',
  },
  { title: 'lower (2.5 %)', datatype: 'decimal', description: 'Lower end of the 95 % band of what is usual.' },
  { title: 'upper (97.5 %)', datatype: 'decimal', description: 'Upper end of the 95 % band of what is usual.' },
  { title: 'ok (votes)', datatype: 'integer', description: 'Distinct people who said that it works.' },
  { title: 'late (reports)', datatype: 'integer', description: 'Reports that came in later; in no detection.' },
]

/** A column of a CSV answer: its heading, with the unit, and what stands in it. */
export interface CsvColumn {
  title: string
  datatype: 'string' | 'integer' | 'decimal' | 'datetime'
  description: string
}

export const titlesOf = (columns: readonly CsvColumn[]) => columns.map(({ title }) => title)

/** What describes a CSV beside it, by CSV on the Web (W3C, Metadata Vocabulary for Tabular Data). */
export function csvMetadata(title: string, columns: readonly CsvColumn[]) {
  return {
    '@context': 'http://www.w3.org/ns/csvw',
    'dc:title': title,
    'dc:license': { '@id': 'https://creativecommons.org/licenses/by/4.0/' },
    dialect: { header: true, delimiter: ',', encoding: 'utf-8' },
    tableSchema: {
      columns: columns.map(({ title, datatype, description }) => ({
        name: title.split(' (')[0]!.replaceAll(' ', '_'),
        titles: title,
        datatype,
        null: '',
        'dc:description': description,
      })),
    },
  }
}

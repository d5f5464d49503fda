import { parseCsv, UnreadableFile } from './parse-csv.ts'
import type { ServiceEntry } from './service.ts'
import { ServiceInput } from './service-schema.ts'

export interface RowError {
  /** Of the file, from 1. */
  line: number
  message: string
}

/** A value of the file and the line it begins on. */
interface RawRow {
  line: number
  value: unknown
}

export interface ServiceFile {
  rows: { line: number; service: ServiceEntry }[]
  errors: RowError[]
}

/** Columns of a CSV file; lists are parted by `|`. */
export const CSV_COLUMNS = [
  'slug',
  'name',
  'aliases',
  'category',
  'homepage',
  'statusPageUrl',
  'statusPageFormat',
  'features',
  'countries',
  'dependsOn',
  'isActive',
] as const

type CsvColumn = (typeof CSV_COLUMNS)[number]

const LIST_COLUMNS: readonly CsvColumn[] = ['aliases', 'features', 'countries', 'dependsOn']
export const LIST_SEPARATOR = '|'

/**
 * Reads a file of services: a JSON array, JSON lines, or CSV with a header, told apart by the first character. Each row is
 * validated by itself, and every wrong row has its errors; nothing is thrown.
 */
export function readServiceFile(text: string): ServiceFile {
  const content = text.replace(/^\ufeff/, '')
  const rows: ServiceFile['rows'] = []
  const errors: RowError[] = []
  const lineOfSlug = new Map<string, number>()
  try {
    for (const { line, value } of rawRows(content, errors)) {
      const result = ServiceInput.safeParse(value)
      if (!result.success) {
        for (const { path, message } of result.error.issues) {
          errors.push({ line, message: path.length > 0 ? `${path.join('.')}: ${message}` : message })
        }
        continue
      }
      const { slug } = result.data
      const earlier = lineOfSlug.get(slug)
      if (earlier === undefined) rows.push({ line, service: result.data })
      else errors.push({ line, message: `slug: "${slug}" stands on line ${earlier} already` })
      lineOfSlug.set(slug, earlier ?? line)
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error
    errors.push({ line: error.line, message: error.message })
  }
  if (rows.length === 0 && errors.length === 0) errors.push({ line: 1, message: 'the file has no services' })
  return { rows, errors: errors.sort((a, b) => a.line - b.line) }
}

function rawRows(content: string, errors: RowError[]): Iterable<RawRow> {
  const first = content.trimStart()[0]
  if (first === '[') return parsed(elementsOf(content), errors)
  if (first === '{') return parsed(linesOf(content), errors)
  return recordsOf(content)
}

interface Piece {
  line: number
  text: string
}

/** A piece that is not JSON spoils itself alone. */
function* parsed(pieces: Iterable<Piece>, errors: RowError[]): Iterable<RawRow> {
  for (const { line, text } of pieces) {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      errors.push({ line, message: 'is not JSON' })
      continue
    }
    yield { line, value }
  }
}

function* linesOf(content: string): Iterable<Piece> {
  for (const [index, text] of content.split(/\r?\n/).entries()) {
    if (text.trim() !== '') yield { line: index + 1, text }
  }
}

/** The elements of a JSON array, each with the line it begins on, which `JSON.parse` would not tell. */
function* elementsOf(content: string): Iterable<Piece> {
  let line = 1
  let depth = 0
  let isInString = false
  let element = { line, text: '' }
  for (let i = 0; i < content.length; i++) {
    const char = content[i]!
    if (char === '\n') line++
    const isBetween = depth === 1 && !isInString && (char === ',' || char === ']')
    if (isBetween && (char === ',' || element.text !== '')) yield element
    if (isBetween) element = { line, text: '' }
    else if (depth > 0 && (element.text !== '' || !/\s/.test(char))) {
      if (element.text === '') element.line = line
      element.text += char
    }
    if (isInString) {
      if (char === '\\') element.text += content[++i] ?? ''
      else if (char === '"') isInString = false
    } else if (char === '"') isInString = true
    else if (char === '[' || char === '{') depth++
    else if (char === ']' || char === '}') depth--
    if (depth === 0 && char === ']') {
      if (content.slice(i + 1).trim() !== '') throw new UnreadableFile(line, 'something follows the end of the array')
      return
    }
  }
  throw new UnreadableFile(line, 'the array has no end')
}

function* recordsOf(content: string): Iterable<RawRow> {
  const [header, ...records] = parseCsv(content)
  if (!header) return
  const columns = header.cells.map((cell) => cell.trim())
  const unknown = columns.filter((column) => !(CSV_COLUMNS as readonly string[]).includes(column))
  if (unknown.length > 0) {
    throw new UnreadableFile(header.line, `unknown column "${unknown[0]}"; known are ${CSV_COLUMNS.join(', ')}`)
  }
  for (const { line, cells } of records) {
    if (cells.length !== columns.length) {
      throw new UnreadableFile(line, `has ${cells.length} cells, the header has ${columns.length}`)
    }
    yield { line, value: toValue(columns as CsvColumn[], cells) }
  }
}

function toValue(columns: CsvColumn[], cells: string[]): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  const statusPage: Record<string, string> = {}
  for (const [index, column] of columns.entries()) {
    const cell = cells[index]!.trim()
    if (cell === '') continue
    if (LIST_COLUMNS.includes(column)) value[column] = cell.split(LIST_SEPARATOR).map((item) => item.trim())
    else if (column === 'statusPageUrl') statusPage.url = cell
    else if (column === 'statusPageFormat') statusPage.format = cell
    else if (column === 'isActive') value[column] = cell === 'true' ? true : cell === 'false' ? false : cell
    else value[column] = cell
  }
  if (Object.keys(statusPage).length > 0) value.statusPage = statusPage
  return value
}

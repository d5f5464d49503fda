/** A file that cannot be read on from this line. */
export class UnreadableFile extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message)
  }
}

export interface CsvRecord {
  /** Of the file, from 1: where it begins. */
  line: number
  cells: string[]
}

/** RFC 4180: cells may be quoted, and then hold commas, quotes (doubled) and line ends. Empty lines are skipped. @throws UnreadableFile */
export function parseCsv(content: string): CsvRecord[] {
  const records: CsvRecord[] = []
  let line = 1
  let record: CsvRecord = { line, cells: [] }
  let cell = ''
  let isQuoted = false
  const endCell = () => {
    record.cells.push(cell)
    cell = ''
  }
  const endRecord = () => {
    endCell()
    if (record.cells.length > 1 || record.cells[0] !== '') records.push(record)
    record = { line, cells: [] }
  }
  for (let i = 0; i < content.length; i++) {
    const char = content[i]!
    if (char === '\n') line++
    if (isQuoted) {
      if (char !== '"') cell += char
      else if (content[i + 1] === '"') cell += content[++i]
      else isQuoted = false
    } else if (char === '"' && cell === '') isQuoted = true
    else if (char === ',') endCell()
    else if (char === '\n') endRecord()
    else if (char !== '\r') cell += char
  }
  if (isQuoted) throw new UnreadableFile(record.line, 'has a quote that does not end')
  endRecord()
  return records
}

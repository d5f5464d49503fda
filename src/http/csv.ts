export type CsvValue = string | number | boolean | null

/** RFC 4180. A text that a spreadsheet would run as a formula is quoted as text. */
export function toCsvText(header: readonly string[], rows: readonly (readonly CsvValue[])[]): string {
  return [header, ...rows].map(lineText).join('')
}

function lineText(row: readonly CsvValue[]): string {
  return `${row.map(cellText).join(',')}\r\n`
}

/** The same, written as it is read: nothing holds the whole of it. */
export function toCsvStream(
  header: readonly string[],
  batches: AsyncIterable<readonly (readonly CsvValue[])[]>,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const texts = textsOf(header, batches)
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await texts.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}

async function* textsOf(header: readonly string[], batches: AsyncIterable<readonly (readonly CsvValue[])[]>) {
  yield lineText(header)
  for await (const rows of batches) if (rows.length > 0) yield rows.map(lineText).join('')
}

function cellText(value: CsvValue): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

import { AppError } from '../errors.ts'

/** Most bytes of a JSON body, unless the route says otherwise. */
const MAX_JSON_BYTES = 64 * 1024

/** What is still taken of a body that is too long, and thrown away: who is told in the middle of sending may see a broken connection alone. */
const DISCARDED_BYTES = 256 * 1024

const JSON_TYPE = 'application/json'
const FORM_TYPE = 'application/x-www-form-urlencoded'

export interface SentBody {
  isForm: boolean
  /** Of a form, its fields; one that was left empty is absent. */
  input: unknown
}

/**
 * The JSON body of a request.
 *
 * @throws AppError `unsupported-media-type`, `payload-too-large`, `malformed-json`
 */
export async function readJson(request: Request, maxBytes = MAX_JSON_BYTES): Promise<unknown> {
  if (mediaTypeOf(request) !== JSON_TYPE) throw new AppError('unsupported-media-type', `Send ${JSON_TYPE}.`)
  return parseJson(await readText(request, maxBytes))
}

/**
 * A body of JSON or of form fields.
 *
 * @throws AppError `unsupported-media-type`, `payload-too-large`, `malformed-json`, `invalid-request`
 */
export async function readJsonOrForm(request: Request, maxBytes = MAX_JSON_BYTES): Promise<SentBody> {
  const type = mediaTypeOf(request)
  if (type !== JSON_TYPE && type !== FORM_TYPE)
    throw new AppError('unsupported-media-type', `Send ${JSON_TYPE}, or a form as ${FORM_TYPE}.`)
  const text = await readText(request, maxBytes)
  return type === FORM_TYPE ? { isForm: true, input: parseForm(text) } : { isForm: false, input: parseJson(text) }
}

function mediaTypeOf(request: Request): string {
  return (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed-json', 'The body is not valid JSON.', {
      errors: [{ field: '(body)', message: 'Not valid JSON.' }],
    })
  }
}

function parseForm(text: string): Record<string, string> {
  const input: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(text)) {
    if (name in input)
      throw new AppError('invalid-request', `The field ${name.slice(0, 40)} is given twice.`, {
        errors: [{ field: name.slice(0, 40), message: 'Given twice.' }],
      })
    // A form sends every field it has; an empty one says nothing.
    if (value !== '') input[name] = value
  }
  return input
}

/**
 * A length that is declared is one that the HTTP parser holds the sender to. A body without one may be endless, so it is counted as it comes
 * and given up at the limit. Reading the first kind at once is several times cheaper.
 */
async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new AppError('payload-too-large', `The body has at most ${maxBytes} bytes.`)
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (!(Number(declared) <= maxBytes)) throw tooLarge()
    return request.text()
  }
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  const reader = request.body.getReader()
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    bytes += read.value.byteLength
    if (bytes > maxBytes + DISCARDED_BYTES) break
    if (bytes <= maxBytes) text += decoder.decode(read.value, { stream: true })
  }
  // Not cancelled: that would reset the connection before the answer. The server drops the rest once it has answered.
  reader.releaseLock()
  if (bytes > maxBytes) throw tooLarge()
  return text + decoder.decode()
}

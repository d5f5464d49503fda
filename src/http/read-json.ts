import { AppError } from '../errors.ts'

/**
 * The JSON body of a request. The declared length may lie or be absent, so the bytes themselves are counted, as they come.
 *
 * @throws AppError `unsupported-media-type`, `payload-too-large`, `malformed-json`
 */
export async function readJson(request: Request, maxBytes = 64 * 1024): Promise<unknown> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
  if (type !== 'application/json') throw new AppError('unsupported-media-type', 'Send application/json.')
  const text = await readText(request, maxBytes)
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('malformed-json', 'The body is not valid JSON.', {
      errors: [{ field: '(body)', message: 'Not valid JSON.' }],
    })
  }
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const tooLarge = () => new AppError('payload-too-large', `The body has at most ${maxBytes} bytes.`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  if (request.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > maxBytes) throw tooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

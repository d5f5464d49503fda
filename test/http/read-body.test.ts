import { describe, expect, test } from 'vitest'
import { readJson, readJsonOrForm } from '../../src/http/read-body.ts'

const JSON_BODY = 'application/json'
const FORM_BODY = 'application/x-www-form-urlencoded'

function request(type: string, body: string | ReadableStream<Uint8Array>, headers: Record<string, string> = {}) {
  const init = { method: 'POST', headers: { 'content-type': type, ...headers }, body, duplex: 'half' }
  return new Request('http://outcry.test/', init)
}

/** Goes on for ever, and tells how much of it was taken. */
function endless() {
  const chunk = new TextEncoder().encode('"'.padEnd(1024, 'x'))
  let taken = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      taken += chunk.byteLength
      controller.enqueue(chunk)
    },
  })
  return { body, taken: () => taken }
}

describe('a body', () => {
  test.each([JSON_BODY, FORM_BODY])('without a length or an end is given up at the limit: %s', async (type) => {
    const { body, taken } = endless()
    await expect(readJsonOrForm(request(type, body), 8 * 1024)).rejects.toMatchObject({ code: 'payload-too-large' })
    expect(taken()).toBeLessThan(512 * 1024)
  })

  test('that declares more than the limit is not read at all', async () => {
    const { body, taken } = endless()
    const declared = request(JSON_BODY, body, { 'content-length': '9000' })
    await expect(readJson(declared, 8 * 1024)).rejects.toMatchObject({ code: 'payload-too-large' })
    // A stream keeps one piece ready for whoever reads it.
    expect(taken()).toBeLessThanOrEqual(1024)
  })

  test('in pieces that cut a character is put together again', async () => {
    const bytes = new TextEncoder().encode('{"comment":"Störung 停電"}')
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const byte of bytes) controller.enqueue(Uint8Array.of(byte))
        controller.close()
      },
    })
    expect(await readJson(request(JSON_BODY, body))).toEqual({ comment: 'Störung 停電' })
  })

  test('of a form has the fields that were filled in, each once', async () => {
    const read = (text: string) => readJsonOrForm(request(FORM_BODY, text))
    expect(await read('service=github&comment=&region=DE')).toEqual({
      isForm: true,
      input: { service: 'github', region: 'DE' },
    })
    await expect(read('service=github&service=gitlab')).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('of another type is refused', async () => {
    await expect(readJson(request(FORM_BODY, 'a=b'))).rejects.toMatchObject({ code: 'unsupported-media-type' })
    await expect(readJsonOrForm(request('text/plain', 'a=b'))).rejects.toMatchObject({ code: 'unsupported-media-type' })
  })
})

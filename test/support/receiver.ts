import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  headers: IncomingHttpHeaders
  body: string
  /** The body as it came, for what is no text. */
  bytes: Buffer
}

export interface Receiver {
  url: string
  received: Received[]
  /** Answers from now on like this; 204 unless told. */
  answer: (message: Received, response: ServerResponse) => void
  /** Ends when so many messages are there. */
  has(count: number): Promise<void>
  close(): Promise<void>
}

/** A webhook receiver on the loopback address. */
export async function startReceiver(): Promise<Receiver> {
  const waiting: { count: number; resolve: () => void }[] = []
  const receiver: Receiver = {
    url: '',
    received: [],
    answer: (_, response) => void response.writeHead(204).end(),
    has: (count) =>
      receiver.received.length >= count
        ? Promise.resolve()
        : new Promise((resolve) => void waiting.push({ count, resolve })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const bytes = Buffer.concat(chunks)
    const message = { headers: request.headers, body: bytes.toString(), bytes }
    receiver.received.push(message)
    for (const { count, resolve } of waiting) if (receiver.received.length >= count) resolve()
    receiver.answer(message, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}

export interface SseMessage {
  id: string | null
  event: string | null
  data: string
}

/** Reads a stream of Server-Sent Events as a browser does (WHATWG HTML, 9.2.6). */
export class SseReader {
  lastId = ''
  isEnded = false
  private text = ''
  private readonly decoder = new TextDecoder()
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>

  constructor(response: Response) {
    this.reader = response.body!.getReader() as ReadableStreamDefaultReader<Uint8Array>
  }

  /** The next block, comments and empty ones included; `null` at the end. */
  async block(): Promise<string | null> {
    while (!this.text.includes('\n\n')) {
      const { done, value } = await this.reader.read()
      if (done) {
        this.isEnded = true
        return null
      }
      this.text += this.decoder.decode(value, { stream: true })
    }
    const end = this.text.indexOf('\n\n')
    const block = this.text.slice(0, end)
    this.text = this.text.slice(end + 2)
    const id = /^id: (.*)$/m.exec(block)
    if (id) this.lastId = id[1]!
    return block
  }

  /** The next message with data; `null` at the end. */
  async next(): Promise<SseMessage | null> {
    for (;;) {
      const block = await this.block()
      if (block === null) return null
      const data = [...block.matchAll(/^data: (.*)$/gm)].map((match) => match[1])
      if (data.length === 0) continue
      return {
        id: /^id: (.*)$/m.exec(block)?.[1] ?? null,
        event: /^event: (.*)$/m.exec(block)?.[1] ?? null,
        data: data.join('\n'),
      }
    }
  }

  async take(count: number): Promise<SseMessage[]> {
    const messages: SseMessage[] = []
    while (messages.length < count) {
      const message = await this.next()
      if (message === null) throw new Error(`the stream ended after ${messages.length} of ${count}`)
      messages.push(message)
    }
    return messages
  }

  close(): Promise<void> {
    return this.reader.cancel()
  }
}

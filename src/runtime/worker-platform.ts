/** What we use of a Worker's platform, as far as it has no types of its own here. */

export interface Hyperdrive {
  connectionString: string
}

export interface RateLimitBinding {
  limit(request: { key: string }): Promise<{ success: boolean }>
}

export interface QueueBinding<Body> {
  send(body: Body, options?: { contentType: 'json' }): Promise<unknown>
}

export interface QueueMessage<Body> {
  readonly id: string
  /** When it was sent. */
  readonly timestamp: Date
  readonly body: Body
  readonly attempts: number
  ack(): void
  retry(options?: { delaySeconds?: number }): void
}

export interface MessageBatch<Body> {
  readonly queue: string
  readonly messages: readonly QueueMessage<Body>[]
}

export interface AssetsBinding {
  fetch(url: string): Promise<Response>
}

export interface ExecutionContext {
  /** Goes on with work that the answer does not wait for. */
  waitUntil(work: Promise<unknown>): void
}

export interface CronEvent {
  readonly cron: string
  readonly scheduledTime: number
}

/** What the platform knows of where a request came from. */
export interface IncomingPlace {
  /** ISO 3166-1, `XX` when unknown, `T1` for Tor. */
  country?: string
  /** ISO 3166-2 without its country. */
  regionCode?: string
  asn?: number
}

import { type Calls, type Event, type Problem, ROUTES } from './api.ts'
import { readEvents, type StreamOptions } from './stream.ts'

export interface OutcryOptions {
  /** Of the instance, such as `https://outcry.example`. */
  baseUrl: string
  /** `outcry_live_…`; reading needs none. */
  key?: string
  fetch?: typeof fetch
}

/** An answer that was not what was asked for. */
export class OutcryError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
    /** After how many seconds it is worth trying again; `null` when it was not said. */
    readonly retryAfterSeconds: number | null,
  ) {
    super(`${status} ${problem.title}: ${problem.detail}`)
    this.name = 'OutcryError'
  }
}

type Listing = {
  [Id in keyof Calls]: Calls[Id]['answer'] extends { items: unknown[]; nextCursor: string | null } ? Id : never
}[keyof Calls]
type ItemOf<Id extends Listing> = Calls[Id]['answer']['items'][number]
type Request<Id extends keyof Calls> = Calls[Id]['parameters'] &
  (Calls[Id]['body'] extends undefined ? unknown : { body: Calls[Id]['body'] })

/** A client of one instance. Unchanged answers are taken from memory by their ETag. */
export class Outcry {
  private readonly origin: string
  private readonly remembered = new Map<string, { etag: string; answer: unknown }>()

  constructor(private readonly options: OutcryOptions) {
    this.origin = options.baseUrl.replace(/\/+$/, '')
  }

  /**
   * Makes a call by its `operationId`.
   *
   * @throws OutcryError for an answer of 400 or above
   */
  async call<Id extends keyof Calls>(
    id: Id,
    ...[given]: Record<never, never> extends Request<Id> ? [given?: Request<Id>] : [given: Request<Id>]
  ): Promise<Calls[Id]['answer']> {
    const [method, template] = ROUTES[id]
    const { body, ...parameters } = { ...given } as { body?: unknown } & Record<string, unknown>
    const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = encodeURIComponent(String(parameters[name]))
      delete parameters[name]
      return value
    })
    const query = new URLSearchParams()
    for (const [name, value] of Object.entries(parameters)) if (value !== undefined) query.set(name, String(value))
    const url = `${this.origin}${path}${query.size > 0 ? `?${query}` : ''}`
    const known = method === 'GET' ? this.remembered.get(url) : undefined
    const response = await this.fetch(url, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(known === undefined ? {} : { 'if-none-match': known.etag }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (response.status === 304 && known !== undefined) return known.answer as Calls[Id]['answer']
    if (!response.ok) throw await errorOf(response)
    const isJson = /\bjson\b/.test(response.headers.get('content-type') ?? '')
    const answer = response.status === 204 ? undefined : isJson ? await response.json() : await response.text()
    const etag = response.headers.get('etag')
    if (method === 'GET' && etag !== null) this.remember(url, etag, answer)
    return answer as Calls[Id]['answer']
  }

  /** Every item of a list, page after page. */
  async *items<Id extends Listing>(id: Id, parameters?: Calls[Id]['parameters']): AsyncGenerator<ItemOf<Id>> {
    let cursor: string | null | undefined
    do {
      const given = { ...parameters, ...(cursor ? { cursor } : {}) } as never
      const page = (await this.call(id, given)) as { items: ItemOf<Id>[]; nextCursor: string | null }
      yield* page.items
      // The event log gives a cursor also at its end, so that one can come back.
      if (page.items.length === 0) return
      cursor = page.nextCursor
    } while (cursor !== null)
  }

  /** Events as they happen. Comes back by itself after a break, without losing or repeating one. */
  events(options: StreamOptions = {}): AsyncGenerator<Event> {
    return readEvents((url, init) => this.fetch(url, init), `${this.origin}/v1/spikes/stream`, options)
  }

  private fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.options.key !== undefined) headers.set('authorization', `Bearer ${this.options.key}`)
    return (this.options.fetch ?? fetch)(url, { ...init, headers })
  }

  private remember(url: string, etag: string, answer: unknown): void {
    this.remembered.delete(url)
    this.remembered.set(url, { etag, answer })
    if (this.remembered.size > 100) this.remembered.delete(this.remembered.keys().next().value!)
  }
}

/** An answer as the error that it is; also one that some proxy on the way has given. */
export async function errorOf(response: Response): Promise<OutcryError> {
  const text = await response.text()
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  let problem: Problem
  try {
    problem = JSON.parse(text) as Problem
  } catch {
    problem = { type: 'about:blank', title: response.statusText, status: response.status, detail: text.slice(0, 200) }
  }
  return new OutcryError(response.status, problem, Number.isFinite(retryAfter) ? retryAfter : null)
}

import type { z } from 'zod'
import type { KeyScope } from '../key/key.ts'

/** A body in one content type. */
export interface Content {
  /** `null` where it is text of a format of its own. */
  schema: z.ZodType | null
  example?: unknown
}

export interface Answer {
  description: string
  /** By content type; absent for an answer without a body. */
  content?: Record<string, Content>
  /** Names of response fields besides those that come with every read. */
  headers?: readonly string[]
}

export type Tag =
  | 'Reports'
  | 'State'
  | 'Events'
  | 'Webhooks'
  | 'Keys'
  | 'Feeds'
  | 'Record'
  | 'Administration'
  | 'Instance'

/** One call of the API, as the document tells it. */
export interface Operation {
  id: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With `{name}` for what varies. */
  path: string
  tag: Tag
  summary: string
  description: string
  /** What varies in the path, with an example that works on an instance with the built-in catalogue. */
  pathParameters?: Record<string, { description: string; example: string }>
  query?: z.ZodObject | z.ZodType
  /** Example of a query, for the curl line. */
  queryExample?: string
  requestHeaders?: Record<string, { description: string; example: string }>
  body?: Record<string, Content>
  answers: Record<number, Answer>
  /** Statuses of problem documents it can answer, besides those that every call can. */
  problems?: readonly number[]
  /** Who may call it: everybody, a key with a scope, any key, or the operator. */
  access?: KeyScope | 'any-key' | 'admin'
  /** Asks for nothing that a limit would protect. */
  isUnlimited?: boolean
  /** A cached read: it has an ETag, answers 304, and tells its limit. */
  isRead?: boolean
}

export const json = (schema: z.ZodType, example?: unknown): Record<string, Content> => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
})

export const text = (type: string, example?: string): Record<string, Content> => ({
  [type]: { schema: null, ...(example === undefined ? {} : { example }) },
})

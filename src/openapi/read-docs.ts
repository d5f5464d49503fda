import { OPERATIONS, TAGS } from './document.ts'
import type { Operation, Tag } from './operation.ts'

/** Things that are there on this instance, so that the calls that are shown work. */
export interface PresentThings {
  slug: string | null
  spike: string | null
  incident: string | null
}

export interface DocsCall {
  id: string
  method: string
  path: string
  summary: string
  description: string
  /** One line to be copied into a shell. */
  curl: string
  parameters: { name: string; place: string; type: string; description: string }[]
  answers: { status: string; description: string }[]
  /** The first example of an answer, as text. */
  example: string | null
}

export interface DocsSection {
  tag: Tag
  description: string
  calls: DocsCall[]
}

type Parameter = { name: string; in: string; description?: string; schema?: Record<string, unknown> }
type Response = { $ref?: string; description?: string; content?: Record<string, { example?: unknown }> }

/** What the page of the API shows: the document itself, put in the order in which somebody reads. */
export function readDocs(document: Record<string, unknown>, origin: string, present: PresentThings): DocsSection[] {
  const { paths, components } = document as {
    paths: Record<string, Record<string, { parameters?: Parameter[]; responses: Record<string, Response> }>>
    components: { responses: Record<string, { description: string }> }
  }
  return (Object.entries(TAGS) as [Tag, string][]).map(([tag, description]) => ({
    tag,
    description,
    calls: OPERATIONS.filter((operation) => operation.tag === tag).map((operation): DocsCall => {
      const { parameters = [], responses } = paths[operation.path]![operation.method]!
      const content = Object.values(responses).find(({ content }) => content)?.content
      const example = content && Object.values(content)[0]?.example
      return {
        id: operation.id,
        method: operation.method.toUpperCase(),
        path: operation.path,
        summary: operation.summary,
        description: operation.description,
        curl: curlOf(operation, origin, present),
        parameters: parameters.map(({ name, in: place, description = '', schema = {} }) => ({
          name,
          place,
          type: typeOf(schema),
          description,
        })),
        answers: Object.entries(responses).map(([status, { $ref, description = '' }]) => ({
          status,
          description: $ref ? components.responses[$ref.split('/').at(-1)!]!.description : description,
        })),
        example:
          example === undefined ? null : typeof example === 'string' ? example : JSON.stringify(example, null, 2),
      }
    }),
  }))
}

function typeOf(schema: Record<string, unknown>): string {
  const allowed = Array.isArray(schema.enum) ? schema.enum.join(', ') : String(schema.format ?? schema.type ?? '')
  return schema.default === undefined ? allowed : `${allowed} (default ${schema.default})`
}

/** A call as a shell runs it. Keys stand in variables, so that none ends up in a history. */
export function curlOf(operation: Operation, origin: string, present: PresentThings): string {
  const { method, path, access, body, queryExample, id } = operation
  const parts = ['curl']
  if (id === 'streamEvents') parts.push('-N')
  if (method !== 'get' && !(method === 'post' && body)) parts.push(`-X ${method.toUpperCase()}`)
  if (access) parts.push(`-H "Authorization: Bearer $${access === 'admin' ? 'ADMIN_KEY' : 'OUTCRY_KEY'}"`)
  if (operation.requestHeaders?.Accept) parts.push(`-H 'Accept: ${operation.requestHeaders.Accept.example}'`)
  if (body) {
    const [type, { example }] = Object.entries(body)[0]!
    parts.push(`-H 'Content-Type: ${type}'`, `-d '${JSON.stringify(example)}'`)
  }
  const known: Record<string, string | null> = {
    '{slug}': present.slug,
    ...(path.startsWith('/v1/spikes/') ? { '{id}': present.spike } : {}),
    ...(path.startsWith('/v1/incidents/') ? { '{id}': present.incident } : {}),
  }
  const filled = Object.entries(operation.pathParameters ?? {}).reduce(
    (text, [name, { example }]) => text.replace(`{${name}}`, known[`{${name}}`] ?? example),
    path,
  )
  parts.push(`'${origin}${filled}${queryExample ? `?${queryExample}` : ''}'`)
  return parts.join(' ')
}

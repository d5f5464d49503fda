import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import formatsPlugin from 'ajv-formats'

type Document = {
  paths: Record<string, Record<string, { responses: Record<string, AnswerObject> }>>
  components: { responses: Record<string, AnswerObject>; schemas: object }
}
type AnswerObject = {
  $ref?: string
  content?: Record<string, { schema: object; example?: unknown }>
  headers?: Record<string, unknown>
}

/** Holds answers against the document that describes them. */
export class AnswerChecker {
  private readonly ajv: Ajv2020
  private readonly compiled = new Map<string, ValidateFunction>()
  /** Calls that were held against the document, as `get /v1/spikes 200`. */
  readonly seen = new Set<string>()

  constructor(readonly document: Document) {
    this.ajv = new Ajv2020({ strict: false, allErrors: true })
    ;(formatsPlugin as unknown as (ajv: Ajv2020) => void)(this.ajv)
    this.ajv.addSchema({ $id: 'https://outcry.test/document', ...document })
  }

  /** What is wrong with an answer; empty when nothing is. */
  async check(method: string, path: string, response: Response): Promise<string[]> {
    const status = String(response.status)
    this.seen.add(`${method} ${path} ${status}`)
    const operation = this.document.paths[path]?.[method]
    if (operation === undefined) return [`${method} ${path} is not in the document`]
    let answer = operation.responses[status]
    let pointer = `/paths/${escaped(path)}/${method}/responses/${status}`
    if (answer?.$ref) {
      const name = answer.$ref.split('/').at(-1)!
      answer = this.document.components.responses[name]
      pointer = `/components/responses/${name}`
    }
    if (answer === undefined) return [`${method} ${path} answers ${status}, which is not in the document`]
    const missing = Object.keys(answer.headers ?? {})
      .filter((name) => name !== 'Link' && !response.headers.has(name))
      .map((name) => `${method} ${path} ${status}: no ${name} field`)
    const type = (response.headers.get('content-type') ?? '').split(';')[0]!
    if (answer.content === undefined)
      return [...missing, ...((await response.text()) === '' ? [] : [`${path} ${status} has a body`])]
    const content = answer.content[type]
    if (content === undefined) return [...missing, `${method} ${path} ${status}: ${type} is not in the document`]
    if (!type.endsWith('json')) return missing
    return [...missing, ...this.errorsOf(`${pointer}/content/${escaped(type)}/schema`, await response.json())]
  }

  errorsOf(pointer: string, value: unknown): string[] {
    const validate =
      this.compiled.get(pointer) ?? this.ajv.compile({ $ref: `https://outcry.test/document#${encodeURI(pointer)}` })
    this.compiled.set(pointer, validate)
    if (validate(value)) return []
    return (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${pointer} ${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}

const escaped = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1')

import type { Json, JsonObject } from './json.ts'

/** Writes the document's schemas and calls as TypeScript, for the client package. */
export function writeTypes(document: JsonObject): string {
  const { schemas } = document.components as { schemas: Record<string, JsonObject> }
  const named = Object.entries(schemas).map(
    ([name, schema]) => `${comment(schema.description, '')}export type ${name} = ${typeOf(schema, '')}\n`,
  )
  const calls = Object.entries(document.paths as Record<string, Record<string, JsonObject>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  return `// Generated from /v1/openapi.json by \`npm run client\`. Do not edit.

${named.join('\n')}
/** Every call: what it takes and what it gives. */
export interface Calls {
${calls.map(({ operation }) => callType(operation)).join('\n')}
}

/** Method and path of each call. */
export const ROUTES: { readonly [Id in keyof Calls]: readonly [method: string, path: string] } = {
${calls.map(({ method, path, operation }) => `  ${operation.operationId}: ['${method.toUpperCase()}', '${path}'],`).join('\n')}
}
`
}

function callType(operation: JsonObject): string {
  const parameters = ((operation.parameters ?? []) as JsonObject[]).filter(({ in: place }) => place !== 'header')
  const members = parameters.map(({ name, required, description, schema }) =>
    member(
      String(name),
      required === true,
      { ...(schema as JsonObject), ...(description ? { description } : {}) },
      '      ',
    ),
  )
  const { requestBody } = operation as { requestBody?: { content: Record<string, { schema: JsonObject }> } }
  const body = requestBody ? typeOf(Object.values(requestBody.content)[0]!.schema, '    ') : 'undefined'
  return `${comment(operation.summary, '  ')}  ${operation.operationId}: {
    parameters: ${members.length === 0 ? 'Record<never, never>' : `{\n${members.join('\n')}\n    }`}
    body: ${body}
    answer: ${answerType(operation)}
  }`
}

/** What a successful call gives: JSON as its type, everything else as text. */
function answerType({ responses }: JsonObject): string {
  const good = Object.entries(responses as Record<string, { content?: Record<string, { schema: JsonObject }> }>)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content }]) => {
      if (content === undefined) return 'undefined'
      const [type, { schema }] = Object.entries(content)[0]!
      return type.endsWith('json') ? typeOf(schema, '    ') : 'string'
    })
  return [...new Set(good)].join(' | ')
}

function typeOf(schema: JsonObject, indent: string): string {
  const { $ref, anyOf, type, items, properties, additionalProperties } = schema as {
    $ref?: string
    anyOf?: JsonObject[]
    type?: string | string[]
    items?: JsonObject
    properties?: Record<string, JsonObject>
    additionalProperties?: boolean | JsonObject
  }
  if ($ref) return $ref.split('/').at(-1)!
  if (schema.const !== undefined) return literal(schema.const)
  if (Array.isArray(schema.enum)) return schema.enum.map(literal).join(' | ')
  if (anyOf) return [...new Set(anyOf.map((part) => typeOf(part, indent)))].join(' | ')
  if (Array.isArray(type)) return [...new Set(type.map((one) => typeOf({ ...schema, type: one }, indent)))].join(' | ')
  if (type === 'array') {
    const item = items === undefined ? 'unknown' : typeOf(items, indent)
    return /[ |{]/.test(item) ? `Array<${item}>` : `${item}[]`
  }
  if (type === 'object') return objectType(schema, properties ?? {}, additionalProperties, indent)
  if (type === 'integer' || type === 'number') return 'number'
  return typeof type === 'string' ? type : 'unknown'
}

function objectType(
  schema: JsonObject,
  properties: Record<string, JsonObject>,
  additional: boolean | JsonObject | undefined,
  indent: string,
): string {
  const required = (schema.required ?? []) as string[]
  const members = Object.entries(properties).map(([name, property]) =>
    member(name, required.includes(name), property, `${indent}  `),
  )
  const rest =
    additional === false || additional === undefined
      ? null
      : typeof additional === 'object'
        ? typeOf(additional, indent)
        : 'unknown'
  if (members.length === 0) {
    const keys = schema.propertyNames ? typeOf(schema.propertyNames as JsonObject, indent) : 'string'
    const record = `Record<${keys}, ${rest ?? 'never'}>`
    return keys === 'string' ? record : `Partial<${record}>`
  }
  return `{\n${[...members, ...(rest === null ? [] : [`${indent}  [name: string]: unknown`])].join('\n')}\n${indent}}`
}

function member(name: string, isRequired: boolean, schema: JsonObject, indent: string): string {
  const key = /^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`
  return `${comment(schema.description, indent)}${indent}${key}${isRequired ? '' : '?'}: ${typeOf(schema, indent)}`
}

const literal = (value: Json) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : String(value))

const comment = (text: Json | undefined, indent: string) =>
  typeof text === 'string' ? `${indent}/** ${text.replaceAll('*/', '* /')} */\n` : ''

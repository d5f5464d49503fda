import { z } from 'zod'
import type { JsonObject } from './json.ts'
import type { Operation } from './operation.ts'

/** Turns zod into JSON Schema, with references to what has a name. */
export class SchemaWriter {
  private readonly registry = z.registry<{ id: string }>()
  private readonly inline = new Map<z.ZodType, string>()
  private written: Record<string, JsonObject> | null = null

  /** @param known schemas that have a name in the document @param operations whose schemas are written out where they stand */
  constructor(
    private readonly known: Record<string, z.ZodType>,
    operations: readonly Operation[],
  ) {
    for (const [id, schema] of Object.entries(known)) this.registry.add(schema, { id })
    for (const schema of schemasOf(operations))
      if (!this.registry.has(schema)) {
        const id = `inline-${this.inline.size}`
        this.inline.set(schema, id)
        this.registry.add(schema, { id })
      }
  }

  write(schema: z.ZodType): JsonObject {
    const inline = this.inline.get(schema)
    if (inline !== undefined) return this.all()[inline]!
    return { $ref: `#/components/schemas/${this.registry.get(schema as never)!.id}` }
  }

  named(): Record<string, JsonObject> {
    return Object.fromEntries(Object.keys(this.known).map((id) => [id, this.all()[id]!]))
  }

  private all(): Record<string, JsonObject> {
    this.written ??= Object.fromEntries(
      Object.entries(
        z.toJSONSchema(this.registry, {
          io: 'input',
          uri: (id) => `#/components/schemas/${id}`,
          override: ({ jsonSchema }) => {
            // The pattern says no more than the format, at great length.
            if (jsonSchema.format === 'date-time' || jsonSchema.format === 'date') delete jsonSchema.pattern
          },
        }).schemas,
      ).map(([id, { $schema, $id, ...schema }]) => [id, JSON.parse(JSON.stringify(schema)) as JsonObject]),
    )
    return this.written
  }
}

function schemasOf(operations: readonly Operation[]): z.ZodType[] {
  return operations.flatMap(({ query, body = {}, answers }) => [
    ...(query ? [query] : []),
    ...[body, ...Object.values(answers).map(({ content = {} }) => content)].flatMap((content) =>
      Object.values(content).flatMap(({ schema }) => (schema === null ? [] : [schema])),
    ),
  ])
}

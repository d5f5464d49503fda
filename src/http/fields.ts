import { z } from 'zod'

/** `fields=id,service`: which members of an item somebody wants. Names are held against the schema of the answer. */
export function FieldsOf<Shape extends z.ZodRawShape>(item: z.ZodObject<Shape>) {
  const names = Object.keys(item.shape)
  return z
    .string()
    .max(1_000)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(names as [string, ...string[]])).min(1))
    .optional()
    .meta({
      description: 'Only these members of each item, parted by commas.',
      examples: [names.slice(0, 3).join(',')],
    })
}

/** An item cut down to what was asked for. */
export function pick<Item extends object>(item: Item, fields: readonly string[] | undefined): Partial<Item> {
  if (fields === undefined) return item
  return Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))) as Partial<Item>
}

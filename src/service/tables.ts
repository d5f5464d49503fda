import { boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

export const services = pgTable('services', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  aliases: text('aliases').array().notNull(),
  category: text('category').notNull(),
  homepage: text('homepage').notNull(),
  statusPage: jsonb('status_page').$type<{ url: string; format: string } | null>(),
  features: text('features').array().notNull(),
  countries: text('countries').array().notNull(),
  dependsOn: text('depends_on').array().notNull(),
  isActive: boolean('is_active').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
})

export type ServiceRow = typeof services.$inferSelect

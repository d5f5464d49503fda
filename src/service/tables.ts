import { boolean, integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { Category, StatusPage } from './service.ts'

export const services = pgTable('services', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  slug: text('slug').notNull().unique(),
  name: text('name').notNull(),
  aliases: text('aliases').array().notNull(),
  category: text('category').$type<Category>().notNull(),
  homepage: text('homepage').notNull(),
  statusPage: jsonb('status_page').$type<StatusPage | null>(),
  features: text('features').array().notNull(),
  countries: text('countries').array().notNull(),
  dependsOn: text('depends_on').array().notNull(),
  isActive: boolean('is_active').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true, mode: 'date' }).notNull(),
  editedAt: timestamp('edited_at', { withTimezone: true, mode: 'date' }),
})

export type ServiceRow = typeof services.$inferSelect

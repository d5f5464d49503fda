import {
  boolean,
  date,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Partitioned by day on `received_at`. */
export const reports = pgTable(
  'reports',
  {
    serviceId: integer('service_id').notNull(),
    receivedAt: instant('received_at').notNull(),
    id: text('id').notNull(),
    kind: text('kind', { enum: ['problem', 'ok'] }).notNull(),
    errorType: text('error_type'),
    region: text('region'),
    feature: text('feature'),
    comment: text('comment'),
    observedAt: instant('observed_at'),
    reporter: text('reporter').notNull(),
    network: text('network').notNull(),
    widerNetwork: text('wider_network').notNull(),
    asn: integer('asn'),
    weight: integer('weight').notNull(),
    isNewNetwork: boolean('is_new_network').notNull(),
    source: text('source'),
    isHidden: boolean('is_hidden').notNull(),
  },
  (table) => [index('reports_by_service_and_time').on(table.serviceId, table.receivedAt)],
)

export const reporterSalts = pgTable('reporter_salts', {
  day: date('day', { mode: 'string' }).primaryKey(),
  salt: text('salt').notNull(),
})

export const networkVoices = pgTable(
  'network_voices',
  {
    serviceId: integer('service_id').notNull(),
    network: text('network').notNull(),
    seen: doublePrecision('seen').notNull(),
    seenAt: instant('seen_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.serviceId, table.network] })],
)

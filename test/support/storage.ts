import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest'
import { readMigrations } from '../../src/runtime/project-files.ts'
import type { Storage } from '../../src/storage/database.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { inThisThread, openPglite } from '../../src/storage/open-pglite.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { TEMPLATE } from './global-setup.ts'

export const ENGINES = ['pglite', 'postgres'] as const

export type Engine = (typeof ENGINES)[number]

/** Databases of this worker, kept from file to file: a PGlite takes seconds to open. */
const opened = new Map<Engine, Promise<Storage>>()

/** Runs a suite on both engines, each test on empty tables. */
export function describeOnBothEngines(name: string, body: (storage: () => Storage, engine: Engine) => void) {
  describe.each(ENGINES)(`${name} (%s)`, (engine) => {
    const storage = useStorage(engine)
    body(storage, engine)
  })
}

/** For one suite: an empty, migrated database, emptied again before each test. */
export function useStorage(engine: Engine): () => Storage {
  let storage: Storage
  beforeAll(async () => {
    storage = await openedOnce(engine)
  })
  beforeEach(() => empty(storage))
  return () => storage
}

/** This worker's database, emptied now. */
export async function openEmptied(engine: Engine): Promise<Storage> {
  const storage = await openedOnce(engine)
  await empty(storage)
  return storage
}

/** A database of its own for one suite, by its address, for programs that open it themselves; with the schema unless empty. */
export function usePostgresUrl({ isEmpty = false } = {}): () => string {
  const name = `own_${crypto.randomUUID().replaceAll('-', '')}`
  let url: string
  beforeAll(async () => {
    url = await createDatabase(name, isEmpty ? 'template0' : TEMPLATE)
  })
  afterAll(async () => {
    const admin = openPostgres(inject('postgresUrl'))
    await admin.run(`drop database if exists ${name} with (force)`)
    await admin.close()
  })
  return () => url
}

function openedOnce(engine: Engine): Promise<Storage> {
  let storage = opened.get(engine)
  if (!storage) {
    storage = engine === 'pglite' ? openMemory() : openCopy()
    opened.set(engine, storage)
  }
  return storage
}

async function openMemory(): Promise<Storage> {
  const storage = openPglite(inThisThread(await PGlite.create()))
  await migrate(storage, readMigrations())
  return storage
}

async function openCopy(): Promise<Storage> {
  return openPostgres(await createDatabase(`worker_${crypto.randomUUID().replaceAll('-', '')}`))
}

async function createDatabase(name: string, template = TEMPLATE): Promise<string> {
  const admin = openPostgres(inject('postgresUrl'), { connections: 1 })
  await admin.run(`create database ${name} template ${template}`)
  await admin.close()
  return inject('postgresUrl').replace(/postgres$/, name)
}

/** Empties every table that holds anything or has numbered anything, and starts the numbers anew. */
async function empty(storage: Storage): Promise<void> {
  const tables = await storage.run<{ name: string; wasNumbered: boolean }>(
    `select quote_ident(c.relname) as name, exists (
       select from pg_depend d join pg_sequences s on d.objid = format('%I.%I', s.schemaname, s.sequencename)::regclass
       where d.refobjid = c.oid and d.deptype = 'i' and s.last_value is not null) as "wasNumbered"
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'migrations'`,
  )
  // To empty a table costs new files for it, its partitions and their indexes; to look into it costs next to nothing.
  const used = await storage.run<{ name: string }>(
    tables
      .map(({ name, wasNumbered }) => `select '${name}' as name where ${wasNumbered} or exists (select from ${name})`)
      .join(' union all '),
  )
  if (used.length > 0) await storage.run(`truncate ${used.map(({ name }) => name).join(', ')} restart identity`)
  await storage.run('insert into event_head (last_id) values (0)')
}

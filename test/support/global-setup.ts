import type { TestProject } from 'vitest/node'
import { readMigrations } from '../../src/runtime/project-files.ts'
import { migrate } from '../../src/storage/migrate.ts'
import { openPostgres } from '../../src/storage/open-postgres.ts'
import { startPostgres } from './postgres-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresUrl: string
  }
}

/** Databases of the workers are copies of this one, which has the schema. */
export const TEMPLATE = 'outcry_template'

/** One PostgreSQL for the whole run. */
export default async function setup(project: TestProject) {
  const server = await startPostgres()
  try {
    await makeTemplate(server.url)
  } catch (error) {
    await server.stop()
    throw error
  }
  project.provide('postgresUrl', server.url)
  return () => server.stop()
}

async function makeTemplate(url: string): Promise<void> {
  const admin = openPostgres(url)
  await admin.run(`create database ${TEMPLATE}`)
  await admin.close()
  const template = openPostgres(url.replace(/postgres$/, TEMPLATE))
  await migrate(template, readMigrations())
  await template.close()
}

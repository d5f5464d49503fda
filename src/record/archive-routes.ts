import { Hono } from 'hono'
import { AppError } from '../errors.ts'
import { cached, type Freshness } from '../http/read-cache.ts'
import type { Ports } from '../ports.ts'
import { ARCHIVE_SCHEMA } from './archive-schema.ts'
import { CREDIT, LICENCE } from './cite.ts'
import { ARCHIVE_FILES, ARCHIVE_FORMAT, archiveDay, finalDays, gzip, manifestOf } from './write-archive.ts'

/** The list of days grows once a day. */
const INDEX: Freshness = {
  freshMs: 60_000,
  staleMs: 600_000,
  cacheControl: 'public, max-age=300, s-maxage=3600, stale-while-revalidate=86400, stale-if-error=604800',
}

/** A final day changes only when somebody amends one of its incidents. */
const FINAL: Freshness = {
  freshMs: 600_000,
  staleMs: 3_600_000,
  cacheControl: 'public, max-age=86400, stale-while-revalidate=604800, stale-if-error=2592000',
}

/** `/archive`: each final day as files, made from the database when asked for, the same bytes each time. */
export const archiveRoutes = new Hono<{ Bindings: Ports }>()
  .get('/', cached(INDEX), async (c) => {
    const days = await finalDays(c.env.storage.run, c.env.now())
    return c.json({
      format: ARCHIVE_FORMAT,
      licence: LICENCE,
      credit: CREDIT,
      schema: '/archive/schema.json',
      days: days.map((day) => ({ day, manifest: `/archive/${day}/manifest.json` })),
    })
  })
  .get('/schema.json', cached(INDEX), (c) => c.json(ARCHIVE_SCHEMA))
  .get('/:day/manifest.json', cached(FINAL), async (c) =>
    c.json(await manifestOf(await archiveDay(c.env.storage.run, c.req.param('day'), c.env.now()))),
  )
  .get('/:day/:file', cached(FINAL), async (c) => {
    const name = ARCHIVE_FILES.find((file) => `${file}.gz` === c.req.param('file'))
    if (name === undefined)
      throw new AppError('not-found', `A day has manifest.json and ${ARCHIVE_FILES.join('.gz, ')}.gz.`)
    const day = await archiveDay(c.env.storage.run, c.req.param('day'), c.env.now())
    return c.body(await gzip(day.files[name]), 200, {
      'content-type': 'application/gzip',
      'content-disposition': `attachment; filename="outcry-${day.day}-${name}.gz"`,
    })
  })

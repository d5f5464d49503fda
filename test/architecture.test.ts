import { readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

interface Import {
  /** Path of a file of ours, or the name of a package. */
  target: string
  /** Leaves nothing behind when the types are stripped. */
  isType: boolean
}

const FILES = ['src', 'web'].flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).map((name) => join(root, name)),
)
const MODULES = FILES.filter((path) => ['.ts', '.tsx'].includes(extname(path)))
const TEXTS = new Map(MODULES.map((path) => [path, readFileSync(path, 'utf8')]))
const IMPORTS = new Map(MODULES.map((path) => [path, importsOf(TEXTS.get(path)!, path)]))

/** Statements that begin a line, and `import('…')` anywhere. */
function importsOf(text: string, path: string): Import[] {
  const found: Import[] = []
  const add = (name: string, isType: boolean) =>
    found.push({ target: name.startsWith('.') ? normalize(join(dirname(path), name)) : name, isType })
  for (const [, isType, name] of text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'"`;=]*?\sfrom\s+)?'([^'\n]+)'/gm))
    add(name!, isType !== undefined)
  for (const [, name] of text.matchAll(/\bimport\(\s*'([^'\n]+)'\s*\)/g)) add(name!, false)
  return found
}

/** What still stands when comments are taken out. */
const codeOf = (path: string) => TEXTS.get(path)!.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const OURS = /^(src|web)\//
const TIMELESS = String.raw`src/(time|errors)\.ts|src/(region|detection)/[\w-]+\.ts`
/** Types and rules of the domains: the pure core, beside `time`, `errors`, `region/` and `detection/`. */
const DOMAINS = [
  'src/alert/event.ts',
  'src/alert/webhook.ts',
  'src/count/timeseries.ts',
  'src/heatmap/heatmap.ts',
  'src/incident/incident.ts',
  'src/incident/spike.ts',
  'src/key/key.ts',
  'src/record/incident-record.ts',
  'src/record/snapshot.ts',
  'src/report/error-type.ts',
  'src/report/report.ts',
  'src/service/service.ts',
  'src/tick/series.ts',
]
/** Pure parts of a domain that have a file of their own, for the core and the views. */
const PARTS_OF_THE_CORE = [
  'src/alert/event-filter.ts',
  'src/alert/sign-webhook.ts',
  'src/count/series-zone.ts',
  'src/count/suppress.ts',
  'src/count/wilson.ts',
  'src/record/canonical.ts',
]
const isCore = (path: string) =>
  new RegExp(`^(${TIMELESS})$`).test(path) || [...DOMAINS, ...PARTS_OF_THE_CORE].includes(path)

const ROUTES = /(^src\/http\/|[/-]routes\.tsx?$)/
const QUERIES = /[/-]queries\.ts$/
const TABLES = /\/tables\.ts$/
const PLATFORM = /^src\/(runtime|cli)\//

/** Where the code is right and the table too coarse: each line is one file, what it may all the same, and why. */
const EXCEPTIONS: [file: string, target: string | RegExp, why: string][] = [
  ['src/report/identity.ts', 'node:crypto', 'a keyed hash without awaiting; Workers have it too'],
  ['src/report/salts.ts', 'node:crypto', 'random bytes; Workers have it too'],
  ['src/incident/new-id.ts', 'node:crypto', 'random bytes; Workers have it too'],
  ['src/alert/sign-webhook.ts', 'standardwebhooks', 'the signature that the standard lays down; arithmetic'],
  ['src/record/figure.ts', 'src/http/csv.ts', 'the views offer figures as CSV; the writer of it is pure'],
  [
    'web/pages/archive-page.tsx',
    'src/record/load-archive.ts',
    'the length of a page; the queries beside it never run here',
  ],
  ['src/app.ts', 'hono', 'puts the routes together'],
  ['src/page/answer-problem.tsx', 'hono', 'answers failures in place of a route; a type'],
  ['src/page/page-headers.ts', 'hono', 'sets headers for the routes; a type'],
  ['src/record/page-answer.ts', 'hono', 'answers for the routes; a type'],
]
const isExcepted = (file: string, target: string) =>
  EXCEPTIONS.some(([path, what]) => path === file && (typeof what === 'string' ? what === target : what.test(target)))

/** Imports that `isForbidden` finds in the files that `isMeant` picks, as `file -> target`. */
function violations(isMeant: (file: string) => boolean, isForbidden: (to: Import, file: string) => boolean): string[] {
  return MODULES.filter(isMeant).flatMap((file) =>
    IMPORTS.get(file)!
      .filter((to) => isForbidden(to, file) && !isExcepted(file, to.target))
      .map(({ target }) => `${file} -> ${target}`),
  )
}

/** Everything that runs when a file is imported, the file included. */
function loadedBy(file: string, found = new Set<string>()): Set<string> {
  found.add(file)
  for (const { target, isType } of IMPORTS.get(file) ?? [])
    if (!isType && !found.has(target) && !isExcepted(file, target)) loadedBy(target, found)
  return found
}

test('the import lines are read', () => {
  expect(IMPORTS.get('src/app.ts')).toContainEqual({ target: 'src/report/routes.ts', isType: false })
  expect(IMPORTS.get('src/app.ts')).toContainEqual({ target: 'src/ports.ts', isType: true })
  const unknown = violations(
    () => true,
    ({ target }) => OURS.test(target) && !FILES.includes(target),
  )
  expect(unknown).toEqual([])
})

test('each exception is still needed', () => {
  const idle = EXCEPTIONS.filter(
    ([file, what]) =>
      !IMPORTS.get(file)?.some(({ target }) => (typeof what === 'string' ? what === target : what.test(target))),
  )
  expect(idle).toEqual([])
  expect([...DOMAINS, ...PARTS_OF_THE_CORE].filter((path) => !MODULES.includes(path))).toEqual([])
})

test('no file or folder has a name that hides what is inside', () => {
  expect(FILES.filter((path) => /\/(utils?|helpers?|common|types?|index|misc|shared)(\.\w+)?$/.test(path))).toEqual([])
})

test('files are named in kebab-case', () => {
  const modules = MODULES.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*\.tsx?$/.test(path.split('/').at(-1)!))
  expect(modules).toEqual([])
})

describe('the pure core', () => {
  test('imports only itself', () => {
    expect(violations(isCore, ({ target }) => !isCore(target) && !/^src\/region\/.*\.txt$/.test(target))).toEqual([])
  })

  test('asks no clock and no chance', () => {
    const impure =
      /\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|\bcrypto\.(?!subtle\.)|\bfetch\(|\bprocess\./
    expect(MODULES.filter((path) => isCore(path) && impure.test(codeOf(path)))).toEqual([])
  })
})

test('tables know table builders, other tables, and types of the core', () => {
  const isAllowed = ({ target, isType }: Import) =>
    target === 'drizzle-orm/pg-core' || TABLES.test(target) || (isType && isCore(target))
  expect(
    violations(
      (file) => TABLES.test(file),
      (to) => !isAllowed(to),
    ),
  ).toEqual([])
})

test('queries know Drizzle, tables, other queries, the type of the database and the core', () => {
  const isAllowed = ({ target, isType }: Import) =>
    /^drizzle-orm(\/|$)/.test(target) || TABLES.test(target) || QUERIES.test(target) || isCore(target) || isType
  expect(
    violations(
      (file) => QUERIES.test(file),
      (to) => !isAllowed(to),
    ),
  ).toEqual([])
})

test('Hono is known to routes, what they share, and the views', () => {
  const isBelowRoutes = (file: string) => file.startsWith('src/') && !ROUTES.test(file) && !PLATFORM.test(file)
  expect(violations(isBelowRoutes, ({ target }) => /^hono(\/|$)/.test(target) && target !== 'hono/jsx')).toEqual([])
})

describe('routes', () => {
  test('know no database package and no tables', () => {
    expect(
      violations(
        (file) => ROUTES.test(file),
        ({ target, isType }) => target.startsWith('drizzle-orm') || (TABLES.test(target) && !isType),
      ),
    ).toEqual([])
  })

  test('hold no SQL', () => {
    const sql = /\bsql`|\b(select\s[\s\S]{1,200}?\sfrom|insert\s+into|update\s+\w+\s+set|delete\s+from)\s/
    expect(MODULES.filter((file) => ROUTES.test(file) && sql.test(codeOf(file)))).toEqual([])
  })
})

describe('the platform', () => {
  test('nobody below imports runtime or cli', () => {
    expect(
      violations(
        (file) => !PLATFORM.test(file),
        ({ target }) => PLATFORM.test(target),
      ),
    ).toEqual([])
  })

  test('Node is known to runtime and cli alone', () => {
    expect(
      violations(
        (file) => !PLATFORM.test(file),
        ({ target }) => target.startsWith('node:'),
      ),
    ).toEqual([])
  })

  test('only runtime and cli open a database; the others get it as a port', () => {
    const isBelow = (file: string) => !PLATFORM.test(file) && !file.startsWith('src/storage/')
    expect(
      violations(
        isBelow,
        ({ target, isType }) => target.startsWith('src/storage/') && target !== 'src/storage/database.ts' && !isType,
      ),
    ).toEqual([])
  })

  test('only storage and runtime know the drivers', () => {
    const isBelow = (file: string) => !/^src\/(storage|runtime)\//.test(file)
    expect(
      violations(isBelow, ({ target }) =>
        /^(postgres$|@electric-sql\/|drizzle-orm\/(pglite|postgres-js))/.test(target),
      ),
    ).toEqual([])
  })
})

describe('what people see', () => {
  test('views are known only to those who answer with them', () => {
    const isBelowPages = (file: string) => /^src\//.test(file) && !/^src\/(page|record|openapi)\//.test(file)
    expect(violations(isBelowPages, ({ target }) => target.startsWith('web/'))).toEqual([])
  })

  test('views reach no database, no request and no platform, by any way', () => {
    const isServer = (path: string) =>
      /^(node:|drizzle-orm|postgres$|@electric-sql\/|hono$)/.test(path) ||
      /^src\/(storage|runtime|cli|http)\/|^src\/(app|ports)\.ts$/.test(path) ||
      ((ROUTES.test(path) || QUERIES.test(path) || TABLES.test(path)) && path.startsWith('src/'))
    const reached = MODULES.filter((file) => file.startsWith('web/')).flatMap((file) =>
      [...loadedBy(file)].filter(isServer).map((path) => `${file} reaches ${path}`),
    )
    expect(reached).toEqual([])
  })

  test('scripts of the browser import nothing that needs a server', () => {
    const foreign = MODULES.filter((file) => /^web\/(islands\/|service-worker)/.test(file)).flatMap((file) =>
      [...loadedBy(file)]
        .filter((path) => !path.startsWith('web/') && !isCore(path))
        .map((path) => `${file} reaches ${path}`),
    )
    expect(foreign).toEqual([])
  })
})

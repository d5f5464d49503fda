import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'

interface Import {
  /** A file from the root, or the name of a package. */
  to: string
  /** Types vanish when the program is built, and tie nothing together at run time. */
  isType: boolean
}

const sources = new Map(
  ['src', 'web']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path)))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(path, 'utf8')]),
)
const files = [...sources.keys()]

const importsOf = (path: string): Import[] =>
  [
    ...sources.get(path)!.matchAll(/^(?:import|export) (type )?(?:[^'";]*? from )?'([^']+)'|\bimport\('([^']+)'\)/gm),
  ].map(([, type, fixed, lazy]) => {
    const to = fixed ?? lazy!
    return { to: to.startsWith('.') ? normalize(join(dirname(path), to)) : to, isType: type !== undefined }
  })

const imports = new Map(files.map((path) => [path, importsOf(path)]))

/** Everything that comes along at run time. */
function closureOf(path: string, seen = new Set<string>()): Set<string> {
  for (const { to, isType } of imports.get(path) ?? []) {
    if (isType || seen.has(to)) continue
    seen.add(to)
    closureOf(to, seen)
  }
  return seen
}

const folderOf = (path: string) => path.split('/')[1]!

/** Folders of `src/` that are no domain. */
const INFRASTRUCTURE = ['http', 'page', 'runtime', 'storage', 'cli']

/** Domains whose subject is HTTP itself: every file of theirs may do what a route may. */
const WIRE_DOMAINS = ['openapi', 'mcp']

const isIn =
  (...folders: string[]) =>
  (path: string) =>
    path.startsWith('src/') && path.split('/').length > 2 && folders.includes(folderOf(path))

/** The pure core: `time`, `errors`, `region/`, `detection/`, and each `<domain>/<domain>.ts`. */
const isCore = (path: string) =>
  ['src/time.ts', 'src/errors.ts'].includes(path) ||
  isIn('region', 'detection')(path) ||
  (path.startsWith('src/') && basename(path) === `${folderOf(path)}.ts` && !isIn(...INFRASTRUCTURE)(path))

const isTables = (path: string) => basename(path) === 'tables.ts'
const isQueries = (path: string) => /(^|-)queries\.ts$/.test(basename(path))
const isRoutes = (path: string) =>
  /(^|-)(routes|answer)\.tsx?$/.test(basename(path)) || isIn('http', 'page', ...WIRE_DOMAINS)(path)
const isWeb = (path: string) => path.startsWith('web/')
/** What is left of a domain: `<verb>-<noun>.ts`. */
const isVerb = (path: string) =>
  path.startsWith('src/') &&
  path.split('/').length > 2 &&
  !isIn(...INFRASTRUCTURE)(path) &&
  !isCore(path) &&
  !isTables(path) &&
  !isQueries(path) &&
  !isRoutes(path)

const isPackage = (to: string) => !/^(src|web|dist)\//.test(to)

/** Lines `file > import` that a kind of file may not have. */
const wrong = (isKind: (path: string) => boolean, mayHave: (one: Import, path: string) => boolean) =>
  files.filter(isKind).flatMap((path) =>
    imports
      .get(path)!
      .filter((one) => !mayHave(one, path))
      .map(({ to }) => `${path} > ${to}`),
  )

/** Where code has what it should not; a comment is no code. */
const linesWith = (isKind: (path: string) => boolean, pattern: RegExp) =>
  files.filter(isKind).flatMap((path) =>
    sources
      .get(path)!
      .split('\n')
      .filter((line) => !/^\s*(\/\/|\*|\/\*)/.test(line) && pattern.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  )

/** Scripts of the browser have its clock. */
const BROWSER = /^web\/(islands|service-worker)/

/** Whether a file brings along nothing that reads or writes: then it is core under another name. */
const isPure = (path: string) =>
  [path, ...closureOf(path)].every((to) =>
    isPackage(to) ? to === 'zod' || to === 'ipaddr.js' : to.startsWith('src/') && !isQueries(to) && !isRoutes(to),
  )

/** Of the files about HTTP, those that know no framework: limits, parameters, tables of values. */
const isFreeOfHono = (path: string) => imports.get(path)!.every(({ to, isType }) => isType || !to.startsWith('hono'))

describe('who may import whom', () => {
  test('the pure core imports itself alone', () => {
    expect(wrong(isCore, ({ to }) => isCore(to) || (isVerb(to) && isPure(to)))).toEqual([])
  })

  test('the pure core has no clock, no chance and nothing from outside', () => {
    const fromOutside =
      /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bcrypto\.(randomUUID|getRandomValues)|\bfetch\(|\bsetTimeout\(|\bprocess\./
    expect(linesWith((path) => isCore(path) || isWeb(path), fromOutside).filter((line) => !BROWSER.test(line))).toEqual(
      [],
    )
  })

  test('tables import the table builders, other tables, and types of the core', () => {
    const mayHave = ({ to, isType }: Import) => to === 'drizzle-orm/pg-core' || isTables(to) || (isType && isCore(to))
    expect(wrong(isTables, mayHave)).toEqual([])
  })

  test('queries import Drizzle, tables, the database type, the core, and one another', () => {
    const mayHave = ({ to, isType }: Import) =>
      to.startsWith('drizzle-orm') ||
      isTables(to) ||
      isQueries(to) ||
      isCore(to) ||
      to === 'src/storage/database.ts' ||
      (isVerb(to) && (isType || isPure(to)))
    expect(wrong(isQueries, mayHave)).toEqual([])
  })

  test('verbs know no web framework, no page and no platform', () => {
    const mayHave = ({ to, isType }: Import) => {
      if (isPackage(to)) return isType || !to.startsWith('hono')
      if (isRoutes(to)) return isType || isFreeOfHono(to)
      return to === 'src/ports.ts' ? isType : !isIn('runtime', 'cli')(to) && to !== 'src/app.ts'
    }
    expect(wrong(isVerb, mayHave)).toEqual([])
  })

  test('routes hold no SQL', () => {
    expect(wrong(isRoutes, ({ to, isType }) => isType || !/^drizzle-orm/.test(to))).toEqual([])
    expect(linesWith(isRoutes, /\brun(<.*>)?\(\s*[`'"]|\bsql`/)).toEqual([])
  })

  test('nobody imports a runtime or a command, but they themselves', () => {
    const isShell = isIn('runtime', 'cli')
    expect(
      wrong(
        (path) => !isShell(path),
        ({ to }) => !isShell(to),
      ),
    ).toEqual([])
    // The settings of the environment are the commands' own; a runtime is handed them.
    expect(wrong(isIn('runtime'), ({ to, isType }) => !isIn('cli')(to) || isType)).toEqual([])
  })

  test('a database is opened by runtimes and commands; others know its type', () => {
    const isOpener = isIn('runtime', 'cli', 'storage')
    const mayHave = ({ to, isType }: Import) => !isIn('storage')(to) || isType || to === 'src/storage/database.ts'
    expect(wrong((path) => !isOpener(path), mayHave)).toEqual([])
  })

  test('only commands know the demo', () => {
    expect(
      wrong(
        (path) => !isIn('cli', 'demo')(path),
        ({ to }) => !isIn('demo')(to),
      ),
    ).toEqual([])
  })

  test('a view needs no server, down to the last file that comes along', () => {
    const views = files.filter(isWeb)
    const serverOnly = (to: string) =>
      isPackage(to)
        ? !/^(hono\/(jsx|html)|zod)/.test(to)
        : isQueries(to) ||
          isTables(to) ||
          (isRoutes(to) && !isFreeOfHono(to)) ||
          isIn('runtime', 'cli', 'storage')(to) ||
          to === 'src/ports.ts'
    expect(
      views.flatMap((path) => [...closureOf(path)].filter(serverOnly).map((to) => `${path} brings along ${to}`)),
    ).toEqual([])
  })

  test('what runs in the browser brings along words and drawing, and nothing of the service', () => {
    const islands = files.filter((path) => path.startsWith('web/islands/') || path === 'web/service-worker.ts')
    const mayComeAlong = (to: string) => isWeb(to) && !to.startsWith('web/pages/')
    expect(
      islands.flatMap((path) =>
        [...closureOf(path)].filter((to) => !mayComeAlong(to)).map((to) => `${path} brings along ${to}`),
      ),
    ).toEqual([])
  })
})

describe('what must run anywhere', () => {
  /** Hashes and random bytes: Node and workerd have the same. */
  const EVERYWHERE = 'node:crypto'
  const HASHING = ['src/report/identity.ts', 'src/report/salts.ts', 'src/incident/new-id.ts']

  test('Node is known to runtimes and commands alone', () => {
    const isElsewhere = (path: string) => !isIn('runtime', 'cli')(path)
    const mayHave = ({ to }: Import, path: string) =>
      !to.startsWith('node:') || (to === EVERYWHERE && HASHING.includes(path))
    expect(wrong(isElsewhere, mayHave)).toEqual([])
    expect(linesWith(isElsewhere, /\bprocess\.|\bBuffer\.|\b__dirname\b|= require\(/)).toEqual([])
  })

  test('a Worker brings along nothing that only Node has', () => {
    const own = [
      '@hono/node-server',
      'pino',
      'prom-client',
      '@electric-sql/pglite',
      '@resvg/resvg-js',
      'mmdb-lib',
      'rate-limiter-flexible',
    ]
    const along = [...closureOf('src/runtime/workers.ts')]
    expect(along.filter((to) => own.includes(to) || (to.startsWith('node:') && to !== EVERYWHERE))).toEqual([])
    expect(along.filter(isIn('cli', 'demo'))).toEqual([])
    expect(along).toContain('src/app.ts')
  })
})

describe('names', () => {
  test('no file is called after what hides its content', () => {
    const vague = /^(utils?|helpers?|common|shared|misc|types|interfaces|constants|index)\.tsx?$/
    expect(
      files.filter((path) => vague.test(basename(path)) || path.split('/').some((part) => vague.test(`${part}.ts`))),
    ).toEqual([])
  })

  test('files are in kebab case', () => {
    expect(files.filter((path) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(basename(path)))).toEqual([])
  })
})

test('the reader of import lines sees them', () => {
  expect(imports.get('src/app.ts')).toContainEqual({ to: 'hono', isType: false })
  expect(imports.get('src/app.ts')).toContainEqual({ to: 'src/ports.ts', isType: true })
  expect(files.length).toBeGreaterThan(200)
})

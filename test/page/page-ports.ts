import { createReadCache } from '../../src/http/read-cache.ts'
import type { Place, Ports } from '../../src/ports.ts'
import { storeReports } from '../../src/report/store-reports.ts'
import { createMemoryLimiter } from '../../src/runtime/limiter.ts'
import { didYouMean } from '../../src/service/did-you-mean.ts'
import { createDirectory } from '../../src/service/directory.ts'
import { createServiceSearch } from '../../src/service/search-services.ts'
import type { Storage } from '../../src/storage/database.ts'
import { createTestPorts } from '../support/program-ports.ts'

export const NOWHERE: Place = { country: null, subdivision: null }

export interface PagePorts extends Ports {
  /** Names and labels of what was counted. */
  counted: string[]
  /** Statements that reached the database. */
  statements: () => number
}

/** Real parts over a test database; each request comes from a person and network of its own. */
export function pagePorts(storage: Storage, place: Place = NOWHERE): PagePorts {
  const counted: string[] = []
  let statements = 0
  let people = 0
  const watched: Storage = {
    ...storage,
    run: (text, parameters) => {
      statements++
      return storage.run(text, parameters)
    },
    transaction: (work) =>
      storage.transaction((run) =>
        work((text, parameters) => {
          statements++
          return run(text, parameters)
        }),
      ),
  }
  return {
    ...createTestPorts(watched),
    storage: watched,
    now: () => new Date(),
    limiter: createMemoryLimiter(),
    identify: async () => {
      people++
      return {
        reporter: `r${people}`,
        otherReporter: null,
        network: `n${people}`,
        widerNetwork: `w${people}`,
        asn: null,
      }
    },
    locate: () => place,
    clientKey: () => 'someone',
    directory: createDirectory(storage.db, didYouMean),
    searchServices: createServiceSearch(),
    readCache: createReadCache(),
    takeReport: async (report) => (await storeReports(storage.run, [report]))[0]!,
    metrics: {
      count: (name, labels) => counted.push(`${name} ${Object.values(labels ?? {}).join(' ')}`),
      observe() {},
      gauge() {},
      render: async () => '',
    },
    log: { info() {}, warn() {}, error() {} },
    asset: () => null,
    assetPath: (name) => `/assets/${name}`,
    settings: { publicUrl: 'https://outcry.example', adminKey: null, retentionDays: 30, webhookAllowPrivate: false },
    counted,
    statements: () => statements,
  }
}

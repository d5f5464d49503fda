import { createReadCache } from '../../src/http/read-cache.ts'
import type { Ports } from '../../src/ports.ts'
import { createDirectory } from '../../src/service/directory.ts'
import type { Storage } from '../../src/storage/database.ts'

/** Ports over a database, with a clock that is asked and nothing else from outside. */
export function portsOn(storage: Storage, changes: Partial<Ports> = {}): Ports {
  return {
    storage,
    now: () => new Date(),
    limiter: {
      consume: async () => ({ isAllowed: true, limit: 1_000, remaining: 999, resetSeconds: 60, windowSeconds: 60 }),
    },
    identify: async () => ({ reporter: 'r', otherReporter: null, network: 'n', widerNetwork: 'w', asn: null }),
    locate: () => ({ country: null, subdivision: null }),
    clientKey: () => 'client',
    directory: createDirectory(storage.db, () => []),
    searchServices: (services) => [...services],
    readCache: createReadCache(),
    takeReport: async () => null,
    metrics: { count() {}, observe() {}, gauge() {}, render: async () => '' },
    log: { info() {}, warn() {}, error: ({ err }) => console.error(err) },
    renderPng: null,
    asset: () => null,
    assetPath: (name) => `/assets/${name}`,
    settings: {
      publicUrl: 'https://outcry.example',
      adminKey: 'the-key-of-the-operator',
      retentionDays: 30,
      webhookAllowPrivate: false,
    },
    ...changes,
  }
}

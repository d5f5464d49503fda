import type { Ports } from '../../src/ports.ts'
import type { Storage } from '../../src/storage/database.ts'
import { createTestPorts } from './program-ports.ts'

/** Ports over a database, with a clock that is asked, nobody limited, and nothing else from outside. */
export function portsOn(storage: Storage, changes: Partial<Ports> = {}): Ports {
  return {
    ...createTestPorts(storage),
    limiter: {
      consume: async () => ({ isAllowed: true, limit: 1_000, remaining: 999, resetSeconds: 60, windowSeconds: 60 }),
    },
    identify: async () => ({ reporter: 'r', otherReporter: null, network: 'n', widerNetwork: 'w', asn: null }),
    searchServices: (services) => [...services],
    takeReport: async () => null,
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

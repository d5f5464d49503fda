import type { ServiceEntry } from '../../src/service/service.ts'

/** A service as the catalogue describes it, worldwide and without frills. */
export function aService(changes: Partial<ServiceEntry> = {}): ServiceEntry {
  return {
    slug: 'acme-mail',
    name: 'Acme Mail',
    aliases: [],
    category: 'mail-and-office',
    homepage: 'https://mail.example.com',
    statusPage: null,
    features: [],
    countries: [],
    dependsOn: [],
    isActive: true,
    ...changes,
  }
}

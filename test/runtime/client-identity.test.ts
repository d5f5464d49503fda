import { expect, test } from 'vitest'
import { NOWHERE } from '../../src/report/report.ts'
import { createClientKnowledge } from '../../src/runtime/client-identity.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('what limits know a client by', (storage) => {
  const NOON = new Date('2026-03-14T12:00:00Z')
  const replica = (now: Date = NOON) =>
    createClientKnowledge(storage().run, { trustedProxies: [], placeOf: () => NOWHERE, now: () => now })
  const keyOf = (clients: ReturnType<typeof replica>, address: string) => {
    const request = new Request('https://outcry.example/')
    clients.arrived(request, address)
    return clients.clientKey(request)
  }

  test('is the same for all replicas, another for each client, and another the next day', async () => {
    const [one, other, tomorrow] = [replica(), replica(), replica(new Date(NOON.getTime() + 86_400_000))]
    await Promise.all([one.ready(), other.ready(), tomorrow.ready()])
    expect(keyOf(one, '192.0.2.7')).toBe(keyOf(other, '192.0.2.7'))
    expect(keyOf(one, '192.0.2.7')).not.toBe(keyOf(one, '192.0.2.8'))
    expect(keyOf(one, '192.0.2.7')).not.toBe(keyOf(tomorrow, '192.0.2.7'))
  })

  test('is no name under which anybody reports', async () => {
    const clients = replica()
    await clients.ready()
    const request = new Request('https://outcry.example/')
    clients.arrived(request, '192.0.2.7')
    expect((await clients.identify(request)).reporter).not.toContain(clients.clientKey(request))
  })
})

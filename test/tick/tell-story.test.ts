import { expect, test } from 'vitest'
import { incidentTimeline, listIncidents, listSpikes } from '../../src/incident/queries.ts'
import { SimulatedWorld } from '../support/simulated-world.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const ALL = { service: null, region: null, status: 'all', since: null, after: null, limit: 100 } as const

describeOnBothEngines('what the tick tells', (storage) => {
  async function begin(minutesPast = 0) {
    const world = new SimulatedWorld(storage())
    await world.begin({ minutesPast })
    return world
  }

  test('a shift in the mix of error types is a spike of its own cause, at ordinary volume', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 1, 3)
    await world.tick()
    await world.live(30, () => [{ serviceId: mail, region: null, people: 1, errorType: 'login' }])
    const spikes = await listSpikes(world.run, ALL)
    expect(spikes.map(({ cause, region }) => ({ cause, region }))).toEqual([{ cause: 'error-mix', region: null }])
    expect(Object.keys(spikes[0]!.errorTypes)).toContain('login')

    await world.live(50, () => [{ serviceId: mail, region: null, people: 1 }])
    expect((await listSpikes(world.run, ALL))[0]!.status).toBe('resolved')
  })

  test('sign-ins that go from a twelfth of the reports to three in five are told while their number stays ordinary', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 1, 8, 12)
    await world.tick()
    const report = (errorType: string) => [{ serviceId: mail, region: null, people: 1, errorType }]
    await world.live(24, (minute) => report(minute % 12 === 0 ? 'login' : 'unavailable'))
    expect(await listSpikes(world.run, ALL)).toEqual([])
    await world.live(30, (minute) => report(minute % 5 < 3 ? 'login' : 'unavailable'))
    const [spike, ...others] = await listSpikes(world.run, ALL)
    expect(others).toEqual([])
    expect(spike).toMatchObject({ cause: 'error-mix', status: 'open', region: null })
    expect(spike!.observed).toBeLessThan(20)
    expect((await listIncidents(world.run, ALL))[0]).toMatchObject({ class: 'outage', service: 'mail' })
  })

  test('a rise that a larger, earlier one of a rival explains is told as spill-over, with the numbers', async () => {
    const world = await begin()
    const [large, small] = [
      await world.addService('large-carrier', { category: 'carrier' }),
      await world.addService('small-carrier', { category: 'carrier' }),
    ]
    await world.addHistory(large, ['world', 'DE'], 1)
    await world.addHistory(small, ['world', 'DE'], 1)
    await world.tick()
    await world.live(4, (minute) => [{ serviceId: large, region: 'DE', people: 30 + 10 * minute }])
    await world.live(14, (minute) => [
      { serviceId: large, region: 'DE', people: 60 + (minute % 5) * 10 },
      { serviceId: small, region: 'DE', people: 6 + (minute % 5) },
    ])
    const incidents = await listIncidents(world.run, ALL)
    const bySlug = new Map(incidents.map((incident) => [incident.service, incident]))
    expect(bySlug.get('large-carrier')).toMatchObject({ class: 'outage', spillOverOf: null })
    const explained = bySlug.get('small-carrier')!
    expect(explained).toMatchObject({
      class: 'spill-over',
      spillOverOf: { service: 'large-carrier', incidentId: bySlug.get('large-carrier')!.id },
    })
    expect(explained.spillOverOf!.evidence!.excessRatio).toBeGreaterThan(4)
    expect(explained.spillOverOf!.evidence!.overlap).toBeGreaterThan(0.5)
    const kinds = (await incidentTimeline(world.run, explained.id)).map(({ kind }) => kind)
    expect(kinds).toContain('reclassified')
    const cause = (await listSpikes(world.run, { ...ALL, service: 'large-carrier' })).find(
      ({ region }) => region === null,
    )
    for (const spike of await listSpikes(world.run, { ...ALL, service: 'small-carrier' }))
      expect(spike.spillOverOf).toBe(cause!.id)
  })

  test('mistaken reports that outlast what they mistook are told as spill-over to their end', async () => {
    const world = await begin()
    const [large, small] = [
      await world.addService('large-carrier', { category: 'carrier' }),
      await world.addService('small-carrier', { category: 'carrier' }),
    ]
    await world.addHistory(large, ['world', 'DE'], 1)
    await world.addHistory(small, ['world', 'DE'], 1)
    await world.tick()
    const mistaken = { serviceId: small, region: 'DE', people: 7 }
    await world.live(4, () => [{ serviceId: large, region: 'DE', people: 70 }])
    await world.live(10, () => [{ serviceId: large, region: 'DE', people: 70 }, mistaken])
    await world.live(18, () => [{ serviceId: large, region: 'DE', people: 1 }, mistaken])
    const byStatus = new Map((await listIncidents(world.run, ALL)).map((incident) => [incident.service, incident]))
    expect(byStatus.get('large-carrier')).toMatchObject({ class: 'outage', status: 'resolved' })
    const explained = byStatus.get('small-carrier')!
    expect(explained).toMatchObject({ class: 'spill-over', status: 'open' })
    const kinds = (await incidentTimeline(world.run, explained.id)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'reclassified')).toHaveLength(1)
  })

  test('services of many sorts that fail with a cloud are one story, though nobody listed that they run on it', async () => {
    const world = await begin()
    const ids = new Map<string, number>()
    for (const [slug, category] of [
      ['cloud', 'cloud'],
      ['large-shop', 'shop'],
      ['small-shop', 'shop'],
      ['games', 'games'],
      ['bank', 'bank'],
    ] as const) {
      ids.set(slug, await world.addService(slug, { category }))
      await world.addHistory(ids.get(slug)!, ['world'], slug === 'large-shop' ? 8 : 1)
    }
    await world.tick()
    const failing = (slug: string, people: number) => ({ serviceId: ids.get(slug)!, region: null, people })
    await world.live(14, (minute) => [
      failing('cloud', 40),
      failing('large-shop', 90),
      ...(minute < 3 ? [] : [failing('small-shop', 12), failing('games', 14), failing('bank', 9)]),
    ])
    const incidents = await listIncidents(world.run, ALL)
    expect(incidents.map(({ service }) => service).sort()).toEqual([...ids.keys()].sort())
    for (const { service, class: kind, related } of incidents) {
      expect([service, kind]).toEqual([service, 'outage'])
      const others = [...ids.keys()].filter((slug) => slug !== service)
      expect(related.map((link) => link.service).sort()).toEqual(others.sort())
    }
  })

  test('who runs on a cloud that fails has failed as well, and the stories are linked', async () => {
    const world = await begin()
    const cloud = await world.addService('cloud', { category: 'cloud' })
    const tenant = await world.addService('tenant', { category: 'games', dependsOn: ['cloud'] })
    await world.addHistory(cloud, ['world'], 1)
    await world.addHistory(tenant, ['world'], 1)
    await world.tick()
    await world.live(12, (minute) => [
      { serviceId: cloud, region: null, people: 60 },
      { serviceId: tenant, region: null, people: minute > 2 ? 9 : 1 },
    ])
    const incidents = await listIncidents(world.run, ALL)
    const bySlug = new Map(incidents.map((incident) => [incident.service, incident]))
    expect(bySlug.get('tenant')).toMatchObject({
      class: 'outage',
      related: [{ service: 'cloud', relation: 'depends-on', incidentId: bySlug.get('cloud')!.id }],
    })
    expect(bySlug.get('cloud')!.related).toMatchObject([{ service: 'tenant', relation: 'carries' }])
  })

  test('neither a cloud nor those who run on it are mistaken for one another, whoever is larger', async () => {
    const world = await begin()
    const cloud = await world.addService('cloud', { category: 'cloud' })
    const large = await world.addService('large', { category: 'games', dependsOn: ['cloud'] })
    const small = await world.addService('small', { category: 'games', dependsOn: ['cloud'] })
    for (const id of [cloud, large, small]) await world.addHistory(id, ['world'], 1)
    await world.tick()
    await world.live(12, (minute) => [
      { serviceId: large, region: null, people: 60 },
      { serviceId: cloud, region: null, people: minute > 1 ? 9 : 1 },
      { serviceId: small, region: null, people: minute > 1 ? 9 : 1 },
    ])
    const incidents = await listIncidents(world.run, ALL)
    expect(incidents.map(({ service }) => service).sort()).toEqual(['cloud', 'large', 'small'])
    expect(incidents.map((incident) => incident.class)).toEqual(['outage', 'outage', 'outage'])
  })

  test('a shift in the mix that one network makes is suspected at most', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 6, 8, 12)
    await world.tick()
    await world.live(20, () => [
      { serviceId: mail, region: null, people: 6 },
      { serviceId: mail, region: null, people: 20, errorType: 'login', isOneNetwork: true },
    ])
    expect((await listSpikes(world.run, ALL)).map(({ cause, status }) => [cause, status])).toEqual([
      ['error-mix', 'suspected'],
    ])
  })

  test('a shift in the mix that one network makes beside a third of the reports is suspected at most', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 3, 8, 3)
    await world.tick()
    await world.live(14, (minute) => [
      { serviceId: mail, region: null, people: 3, errorType: minute % 3 === 0 ? 'login' : 'unavailable' },
      { serviceId: mail, region: null, people: 6, errorType: 'login', isOneNetwork: true },
    ])
    expect((await listSpikes(world.run, ALL)).map(({ cause, status }) => [cause, status])).toEqual([
      ['error-mix', 'suspected'],
    ])
  })

  test('how people said that it failed does not outlive the outage as a shift of the mix', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world'], 2, 8, 2)
    await world.tick()
    const usual = (minute: number) => [
      { serviceId: mail, region: null, people: 2, errorType: minute % 2 === 0 ? 'login' : 'unavailable' },
    ]
    await world.live(40, (minute) => [...usual(minute), { serviceId: mail, region: null, people: 12 }])
    await world.live(20, usual)
    expect((await listSpikes(world.run, ALL)).map(({ cause }) => cause)).toEqual(['volume'])
    expect((await listIncidents(world.run, ALL)).map(({ status }) => status)).toEqual(['resolved'])
  })

  test('services that rise together are linked though nobody listed why', async () => {
    const world = await begin()
    const ids: number[] = []
    for (const slug of ['bank', 'airline', 'shop', 'game']) {
      ids.push(await world.addService(slug, { category: slug }))
      await world.addHistory(ids.at(-1)!, ['world'], 1)
    }
    await world.tick()
    await world.live(10, () => ids.map((serviceId) => ({ serviceId, region: null, people: 20 })))
    const incidents = await listIncidents(world.run, ALL)
    expect(incidents).toHaveLength(4)
    for (const { service, related } of incidents) {
      expect(related.map(({ relation }) => relation)).toEqual(['rose-together', 'rose-together', 'rose-together'])
      expect(related.map((link) => link.service)).not.toContain(service)
    }
  })

  // The minute decides how far into a quarter of an hour the failure is when its slot ends.
  test.each([0, 6, 10, 26])(
    'a failure in one place is told from one of the whole world, from minute %i',
    async (past) => {
      const world = await begin(past)
      const mail = await world.addService('mail')
      const everywhere = ['US', 'DE', 'FR', 'JP', 'BR', 'IN']
      await world.addHistory(mail, ['world'], everywhere.length, 4)
      await world.addHistory(mail, everywhere, 1, 4)
      await world.tick()
      const usual = everywhere.map((region) => ({ serviceId: mail, region, people: 1 }))
      await world.live(16, () => usual)
      await world.live(10, () => [...usual, { serviceId: mail, region: 'DE', people: 30 }])
      const [regional] = await listIncidents(world.run, ALL)
      expect(regional).toMatchObject({ reach: 'regional', isWorldwide: false })
      expect(regional!.regions[0]).toMatchObject({ region: 'DE' })
      expect(regional!.regions[0]!.share).toBeGreaterThan(0.6)
      const spikes = await listSpikes(world.run, ALL)
      expect(spikes.map(({ region }) => region).sort()).toEqual(['DE', null])
      expect(spikes.filter(({ status }) => status === 'resolved')).toEqual([])
    },
  )

  test('a failure of all countries alike is worldwide', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    const everywhere = ['US', 'DE', 'FR', 'JP', 'BR', 'IN']
    await world.addHistory(mail, ['world'], everywhere.length, 4)
    await world.addHistory(mail, everywhere, 1, 4)
    await world.tick()
    await world.live(8, () => everywhere.map((region) => ({ serviceId: mail, region, people: 15 })))
    expect((await listIncidents(world.run, ALL))[0]).toMatchObject({ reach: 'worldwide', isWorldwide: true })
  })

  test('where a country alone stands out, the failure is regional and names it', async () => {
    const world = await begin()
    const mail = await world.addService('mail')
    await world.addHistory(mail, ['world', 'US'], 60, 4)
    await world.addHistory(mail, ['AT'], 0.1, 4)
    await world.tick()
    await world.live(6, (minute) => [
      { serviceId: mail, region: 'US', people: minute % 2 === 0 ? 56 : 57 },
      { serviceId: mail, region: 'AT', people: 4 },
    ])
    const spikes = await listSpikes(world.run, ALL)
    expect(spikes.map(({ region }) => region)).toEqual(['AT'])
    const [incident] = await listIncidents(world.run, ALL)
    expect(incident).toMatchObject({ reach: 'regional', isWorldwide: false, regions: [{ region: 'AT', share: 1 }] })
  })
})

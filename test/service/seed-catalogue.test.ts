import { expect, test } from 'vitest'
import { BUILT_IN_SERVICES } from '../../src/service/catalogue/built-in.ts'
import { listServices, putBuiltInServices, saveServices } from '../../src/service/queries.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import type { ServiceEntry } from '../../src/service/service.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const github = BUILT_IN_SERVICES.find(({ slug }) => slug === 'github')!
const inOrder = (services: readonly ServiceEntry[]) => services.toSorted((a, b) => (a.slug < b.slug ? -1 : 1))

describeOnBothEngines('the built-in catalogue in the database', (storage) => {
  const find = async (slug: string) => (await listServices(storage().run)).find((service) => service.slug === slug)

  test('an empty database has all of it after the start', async () => {
    await seedCatalogue(storage().run)
    expect(await listServices(storage().run)).toEqual(inOrder(BUILT_IN_SERVICES))
  })

  test('a second start writes nothing', async () => {
    await seedCatalogue(storage().run)
    expect(await seedCatalogue(storage().run)).toEqual([])
  })

  test('several starters at once bring it in once', async () => {
    const written = await Promise.all([1, 2, 3].map(() => seedCatalogue(storage().run)))
    expect(new Set(written.flat())).toEqual(new Set(BUILT_IN_SERVICES.map(({ slug }) => slug)))
    expect(await listServices(storage().run)).toHaveLength(BUILT_IN_SERVICES.length)
  })

  test('a new version renews what it describes differently, and keeps the id', async () => {
    await putBuiltInServices(storage().run, [{ ...github, aliases: ['old'], statusPage: null }])
    const before = await storage().run('select id from services')

    expect(await putBuiltInServices(storage().run, [github])).toEqual(['github'])
    expect(await find('github')).toEqual(github)
    expect(await storage().run('select id from services')).toEqual(before)
  })

  test('what an operator changed stays as the operator wants it', async () => {
    await seedCatalogue(storage().run)
    const own = { ...github, name: 'Our GitHub', isActive: false }
    await saveServices(storage().run, [own])

    expect(await seedCatalogue(storage().run)).toEqual([])
    expect(await find('github')).toEqual(own)
  })

  test('a service of an operator is not replaced by a built-in one of its slug', async () => {
    const own = { ...github, name: 'Our own forge' }
    await saveServices(storage().run, [own])
    await seedCatalogue(storage().run)
    expect(await find('github')).toEqual(own)
  })
})

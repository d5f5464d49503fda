import { expect, test } from 'vitest'
import { importServices as importFile } from '../../src/service/import-services.ts'
import { listServices } from '../../src/service/queries.ts'
import { readServiceFile } from '../../src/service/read-service-file.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const row = (slug: string, more: Record<string, unknown> = {}) => ({
  slug,
  name: `The ${slug}`,
  category: 'other',
  homepage: 'https://example.com',
  ...more,
})

const importServices = (storage: Parameters<typeof importFile>[0], file: Parameters<typeof importFile>[1]) =>
  importFile(storage, file, 'a test')

const fileOf = (...rows: unknown[]) => readServiceFile(rows.map((value) => JSON.stringify(value)).join('\n'))

describeOnBothEngines('the import of services', (storage) => {
  test('adds what is new, changes what is there, and leaves the rest', async () => {
    await importServices(storage(), fileOf(row('one'), row('two'), row('three')))
    const result = await importServices(storage(), fileOf(row('two'), row('three', { name: 'Third' }), row('four')))

    expect(result).toEqual({ added: 1, changed: 1, unchanged: 1 })
    expect((await listServices(storage().run)).map(({ name }) => name)).toEqual([
      'The four',
      'The one',
      'Third',
      'The two',
    ])
  })

  test('with one wrong row, imports none', async () => {
    const result = await importServices(storage(), fileOf(row('one'), row('two', { category: 'nonsense' })))
    expect(result).toMatchObject({ errors: [{ line: 2 }] })
    expect(await listServices(storage().run)).toEqual([])
  })

  test('a dependency may be in the file or in the catalogue, but must be', async () => {
    await seedCatalogue(storage().run)
    const good = fileOf(row('one', { dependsOn: ['two', 'aws'] }), row('two'))
    expect(await importServices(storage(), good)).toEqual({ added: 2, changed: 0, unchanged: 0 })

    const bad = fileOf(row('three'), row('four', { dependsOn: ['no-such-cloud'] }))
    expect(await importServices(storage(), bad)).toEqual({
      errors: [{ line: 2, message: 'dependsOn: there is no service "no-such-cloud"' }],
    })
    expect((await listServices(storage().run)).some(({ slug }) => slug === 'three')).toBe(false)
  })

  test('thousands of services go in at once', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => row(`service-${i}`, { aliases: [`number ${i}`] }))
    expect(await importServices(storage(), fileOf(...rows))).toEqual({ added: 5_000, changed: 0, unchanged: 0 })
  })
})

import { expect, test } from 'vitest'
import { importServices } from '../../src/service/import-services.ts'
import { readServiceFile } from '../../src/service/read-service-file.ts'
import { seedCatalogue } from '../../src/service/seed-catalogue.ts'
import { fieldsOf } from '../support/admin-calls.ts'
import { ADMIN_KEY, call, createTestPorts } from '../support/program-ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const AT = '/v1/admin/services'
const { slug: _slug, ...BODY } = aService()

describeOnBothEngines('the catalogue, administered', (storage) => {
  const begin = () => {
    const ports = createTestPorts(storage())
    const ask = (method: string, path: string, body?: unknown, key = ADMIN_KEY) =>
      call(ports, path, { method, key, ...(body === undefined ? {} : { body }) })
    return { ports, ask }
  }

  test('a service is added by its address, and the running catalogue and every cached answer know it at once', async () => {
    const { ports, ask } = begin()
    await ask('PUT', `${AT}/other`, { ...BODY, name: 'Other' })
    expect((await call(ports, '/v1/services/acme-mail')).status).toBe(404)
    const before = await (await call(ports, '/v1/services')).json()
    expect(before).toMatchObject({ items: [{ slug: 'other' }] })

    const added = await ask('PUT', `${AT}/acme-mail`, BODY)
    expect(added.status).toBe(201)
    expect(added.headers.get('location')).toBe(`${AT}/acme-mail`)
    expect(added.headers.get('cache-control')).toBe('no-store')
    expect(await added.json()).toMatchObject({ ...aService(), editedAt: expect.stringMatching(/Z$/) })

    expect((await call(ports, '/v1/services/acme-mail')).status).toBe(200)
    expect(await (await call(ports, '/v1/services')).json()).toMatchObject({
      items: [{ slug: 'acme-mail' }, { slug: 'other' }],
    })
  })

  test('replacing a service is whole; the same once more changes nothing and is no entry of the audit log', async () => {
    const { ask } = begin()
    await ask('PUT', `${AT}/acme-mail`, { ...BODY, aliases: ['post'], features: ['send mail'] })
    const changed = await ask('PUT', `${AT}/acme-mail`, { ...BODY, name: 'Acme Post' })
    expect(changed.status).toBe(200)
    expect(await changed.json()).toMatchObject({ name: 'Acme Post', aliases: [], features: [] })
    const again = await ask('PUT', `${AT}/acme-mail`, { ...BODY, name: 'Acme Post', slug: 'acme-mail' })
    expect(again.status).toBe(200)

    const { items } = (await (await ask('GET', '/v1/admin/audit-log?subject=acme-mail')).json()) as {
      items: { action: string; data: unknown }[]
    }
    expect(items.map(({ action, data }) => ({ action, data }))).toEqual([
      {
        action: 'service.changed',
        data: {
          before: { name: 'Acme Mail', aliases: ['post'], features: ['send mail'] },
          after: { name: 'Acme Post', aliases: [], features: [] },
        },
      },
      { action: 'service.added', data: { after: aService({ aliases: ['post'], features: ['send mail'] }) } },
    ])
  })

  test('one field retires a service; its record and the others’ stay, and it can come back', async () => {
    const { ports, ask } = begin()
    await ask('PUT', `${AT}/acme-mail`, { ...BODY, aliases: ['post'] })
    const report = () => call(ports, '/v1/reports', { body: { service: 'acme-mail', errorType: 'login' } })
    const retired = await ask('PATCH', `${AT}/acme-mail`, { isActive: false })
    expect(retired.status).toBe(200)
    expect(await retired.json()).toMatchObject({ isActive: false, aliases: ['post'], name: 'Acme Mail' })
    expect((await report()).status).toBe(404)
    expect(await (await ask('GET', `${AT}/acme-mail`)).json()).toMatchObject({ isActive: false })
    expect(await (await ask('GET', `${AT}?isActive=false`)).json()).toMatchObject({ items: [{ slug: 'acme-mail' }] })
    expect(await (await ask('GET', `${AT}?isActive=true`)).json()).toMatchObject({ items: [] })

    await ask('PATCH', `${AT}/acme-mail`, { isActive: true })
    expect((await call(ports, '/v1/services/acme-mail')).status).toBe(200)
    expect((await ask('DELETE', `${AT}/acme-mail`)).status).toBe(405)
  })

  test('what an operator edited stays as it is when a new version brings its catalogue', async () => {
    const { ask } = begin()
    await seedCatalogue(storage().run)
    expect(await (await ask('GET', `${AT}/github`)).json()).toMatchObject({ editedAt: null })
    await ask('PATCH', `${AT}/github`, { name: 'Our GitHub' })
    await seedCatalogue(storage().run)
    expect(await (await ask('GET', `${AT}/github`)).json()).toMatchObject({ name: 'Our GitHub' })
  })

  test('the list has all services, page by page, also while one is added before the page', async () => {
    const { ask } = begin()
    for (const slug of ['b', 'c', 'd']) await ask('PUT', `${AT}/${slug}`, { ...BODY, isActive: slug !== 'c' })
    const seen: string[] = []
    let path: string | null = `${AT}?limit=2`
    while (path !== null) {
      const page: Response = await ask('GET', path)
      seen.push(...((await page.json()) as { items: { slug: string }[] }).items.map(({ slug }) => slug))
      path = /^<([^>]*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? null
      await ask('PUT', `${AT}/a`, BODY)
    }
    expect(seen).toEqual(['b', 'c', 'd'])
  })

  test.each([
    { method: 'PUT', body: { ...BODY, colour: 'red' }, fields: ['colour'] },
    { method: 'PUT', body: { name: 'Acme' }, fields: ['category', 'homepage'] },
    { method: 'PUT', body: { ...BODY, slug: 'another' }, fields: ['slug'] },
    { method: 'PUT', body: { ...BODY, dependsOn: ['other', 'no-such-cloud'] }, fields: ['dependsOn.1'] },
    { method: 'PUT', body: { ...BODY, dependsOn: ['acme-mail'] }, fields: ['dependsOn'] },
    {
      method: 'PUT',
      body: { ...BODY, homepage: 'ftp://acme', countries: ['Germany'] },
      fields: ['countries.0', 'homepage'],
    },
    { method: 'PUT', body: [], fields: ['(body)'] },
    { method: 'PUT', body: null, fields: ['(body)'] },
    { method: 'PUT', body: '{"name":', fields: ['(body)'] },
    { method: 'PATCH', body: {}, fields: ['(body)'] },
    { method: 'PATCH', body: { slug: 'another', name: 'Acme' }, fields: ['slug'] },
    { method: 'PATCH', body: { isActive: 'no' }, fields: ['isActive'] },
    { method: 'PATCH', body: { dependsOn: ['no-such-cloud'] }, fields: ['dependsOn.0'] },
    { method: 'PATCH', body: { dependsOn: ['acme-mail'] }, fields: ['dependsOn'] },
  ])('$method $body names $fields', async ({ method, body, fields }) => {
    const { ask } = begin()
    await ask('PUT', `${AT}/other`, BODY)
    await ask('PUT', `${AT}/acme-mail`, BODY)
    const response = await ask(method, `${AT}/acme-mail`, body)
    expect(response.status).toBe(400)
    expect(await fieldsOf(response)).toEqual(fields)
    expect(await (await ask('GET', `${AT}/acme-mail`)).json()).toMatchObject(aService())
  })

  test('addresses and parameters are looked at as well', async () => {
    const { ask } = begin()
    expect(await fieldsOf(await ask('PUT', `${AT}/Acme%20Mail`, BODY))).toEqual(['slug'])
    expect(await fieldsOf(await ask('GET', `${AT}?limit=0&colour=red`))).toEqual(['colour', 'limit'])
    expect(await fieldsOf(await ask('GET', `${AT}?cursor=nonsense`))).toEqual(['cursor'])
    await ask('PUT', `${AT}/acme-mail`, BODY)
    const unknown = await ask('PATCH', `${AT}/acme-mial`, { isActive: false })
    expect(unknown.status).toBe(404)
    expect(await unknown.json()).toMatchObject({ didYouMean: ['acme-mail'] })
    expect((await ask('GET', `${AT}/acme-mial`)).status).toBe(404)
  })

  test.each([
    ['GET', AT],
    ['GET', `${AT}/acme-mail`],
    ['PUT', `${AT}/acme-mail`],
    ['PATCH', `${AT}/acme-mail`],
  ])('%s %s needs the key', async (method, path) => {
    const { ask } = begin()
    expect((await ask(method, path, method === 'GET' ? undefined : BODY, 'wrong')).status).toBe(401)
  })

  test('what the command imports is in the audit log as well', async () => {
    const { ask } = begin()
    await importServices(storage(), readServiceFile(JSON.stringify(aService())), 'command line')
    const { items } = (await (await ask('GET', '/v1/admin/audit-log')).json()) as { items: unknown[] }
    expect(items).toMatchObject([{ actor: 'command line', action: 'service.added', subject: 'acme-mail' }])
  })
})

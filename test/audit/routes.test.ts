import { expect, test } from 'vitest'
import { audit } from '../../src/audit/queries.ts'
import { fieldsOf } from '../support/admin-calls.ts'
import { ADMIN_KEY, call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

const AT = '/v1/admin/audit-log'

interface Entry {
  id: string
  actor: string
  action: string
  subject: string
  data: unknown
}

describeOnBothEngines('the audit log', (storage) => {
  const begin = () => {
    const ports = createTestPorts(storage())
    const ask = (query = '', key = ADMIN_KEY) => call(ports, AT + query, { key })
    const list = async (query = '') =>
      (await (await ask(query)).json()) as { items: Entry[]; nextCursor: string | null }
    return { ports, ask, list }
  }
  const write = (...subjects: string[]) =>
    audit(storage().run, ...subjects.map((subject) => ({ actor: 'command line', action: 'key.revoked', subject })))

  test('has what was done with keys and services, newest first, without the key itself', async () => {
    const { ports, list } = begin()
    const { id, key } = await issueTestKey(ports, { name: 'Status wall' })
    const { slug, ...body } = aService()
    await call(ports, `/v1/admin/services/${slug}`, { key: ADMIN_KEY, method: 'PUT', body })
    await call(ports, `/v1/admin/keys/${id}`, { key: ADMIN_KEY, method: 'DELETE' })
    const { items, nextCursor } = await list()
    expect(items.map(({ actor, action, subject }) => [actor, action, subject])).toEqual([
      ['admin', 'key.revoked', id],
      ['admin', 'service.added', slug],
      ['admin', 'key.issued', id],
    ])
    expect(nextCursor).toBeNull()
    expect(JSON.stringify(items)).not.toContain(key.slice(12))
    expect(JSON.stringify(items)).not.toContain(ADMIN_KEY)
  })

  test('is looked through by who, what, to what and when', async () => {
    const { list } = begin()
    await write('a', 'b')
    await audit(storage().run, {
      actor: 'admin',
      action: 'service.changed',
      subject: 'a',
      data: { after: { name: 'A' } },
    })
    await storage().run(`update audit_log set at = now() - interval '2 days' where subject = 'b'`)
    const subjects = async (query: string) => (await list(query)).items.map(({ subject }) => subject)
    expect(await subjects('?actor=admin')).toEqual(['a'])
    expect(await subjects('?action=key.revoked')).toEqual(['b', 'a'])
    expect(await subjects('?subject=a')).toEqual(['a', 'a'])
    const yesterday = new Date(Date.now() - 86_400_000).toISOString()
    expect(await subjects(`?from=${yesterday}`)).toEqual(['a', 'a'])
    expect(await subjects(`?to=${yesterday}`)).toEqual(['b'])
    expect(await subjects('?actor=nobody')).toEqual([])
  })

  test('pages are whole and none twice while entries arrive', async () => {
    const { ask } = begin()
    await write('1', '2', '3', '4', '5')
    const seen: string[] = []
    let path: string | null = '?limit=2'
    while (path !== null) {
      const page: Response = await ask(path)
      expect(page.headers.get('cache-control')).toBe('no-store')
      seen.push(...((await page.json()) as { items: Entry[] }).items.map(({ subject }) => subject))
      path = /^<[^>?]*(\?[^>]*)>; rel="next"$/.exec(page.headers.get('link') ?? '')?.[1] ?? null
      await write('later')
    }
    expect(seen).toEqual(['5', '4', '3', '2', '1'])
  })

  test('a CSV holds all that is asked for, and nothing that a spreadsheet would run', async () => {
    const { ask } = begin()
    await write(...Array.from({ length: 2_500 }, (_, n) => `=${n}`))
    const response = await ask('?format=csv&action=key.revoked')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const lines = (await response.text()).trim().split('\r\n')
    expect(lines[0]).toBe('id,at (UTC),actor,action,subject,data (JSON)')
    expect(lines).toHaveLength(2_501)
    expect(lines[1]).toMatch(/^\d+,.*Z,command line,key\.revoked,'=2499,\{\}$/)
  })

  test.each([
    { query: '?colour=red', fields: ['colour'] },
    { query: '?actor=&action=%0A', fields: ['action', 'actor'] },
    { query: '?from=yesterday&limit=x&format=xml', fields: ['format', 'from', 'limit'] },
    { query: '?from=2026-02-02T00:00:00Z&to=2026-02-01T00:00:00Z', fields: ['from'] },
    { query: '?cursor=WzEuNV0', fields: ['cursor'] },
    { query: '?cursor=WzllMzBd', fields: ['cursor'] },
    { query: '?format=csv&limit=5', fields: ['limit'] },
  ])('$query names $fields', async ({ query, fields }) => {
    const { ask } = begin()
    const response = await ask(query)
    expect(response.status).toBe(400)
    expect(await fieldsOf(response)).toEqual(fields)
  })

  test('needs the key, and is not written to', async () => {
    const { ports, ask } = begin()
    expect((await ask('', 'wrong')).status).toBe(401)
    expect((await call(ports, AT, { key: ADMIN_KEY, body: {} })).status).toBe(405)
  })
})

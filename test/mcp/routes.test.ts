import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { saveIncidents } from '../../src/incident/queries.ts'
import { TOOLS } from '../../src/mcp/tools.ts'
import type { Ports } from '../../src/ports.ts'
import { addService, buildIncident } from '../support/build-events.ts'
import { call, createTestPorts } from '../support/program-ports.ts'
import { useStorage } from '../support/storage.ts'

describe('/mcp', () => {
  const storage = useStorage('pglite')

  /** The official client, speaking to the app itself. */
  async function connect(ports: Ports) {
    const transport = new StreamableHTTPClientTransport(new URL('http://outcry.test/mcp'), {
      fetch: async (url, init) => app.fetch(new Request(url, init), ports),
    })
    const client = new Client({ name: 'test', version: '1' })
    await client.connect(transport as Parameters<typeof client.connect>[0])
    const ask = async (name: string, input: Record<string, unknown> = {}) => {
      const { content, isError } = await client.callTool({ name, arguments: input })
      return { text: (content as { text: string }[])[0]!.text, isError: isError === true }
    }
    return { client, ask }
  }
  async function begin() {
    const mail = await addService(storage().run, 'mail')
    await saveIncidents(storage().run, [{ serviceId: mail, incident: buildIncident({ service: 'mail' }), entries: [] }])
    const ports = createTestPorts(storage())
    return { ports, ...(await connect(ports)) }
  }

  test('offers its tools, read-only, and tells assistants how to quote it', async () => {
    const { client } = await begin()
    expect(client.getInstructions()).toContain('not users affected')
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual(TOOLS.map(({ name }) => name))
    expect(tools.every(({ annotations }) => annotations?.readOnlyHint)).toBe(true)
  })

  test('answers whether a service is down, with the caveats', async () => {
    const { ask } = await begin()
    const { text, isError } = await ask('get_service_status', { service: 'mail' })
    expect(isError).toBe(false)
    expect(text).toContain('"state":"down"')
    expect(text).toContain('Say as of when')
  })

  test.each([
    ['search_services', { query: 'mial' }, '"slug":"mail"'],
    ['list_spikes', {}, '"items":[]'],
    ['list_incidents', { service: 'mail' }, '"severity":"major"'],
    ['get_incident', { id: 'incident-1' }, '"timeline":[]'],
    ['get_timeseries', { service: 'mail', step: '1h' }, '"points":['],
    ['get_breakdown', { service: 'mail' }, '"errorTypes":[]'],
  ])('%s answers what the API does', async (name, input, expected) => {
    const { ask } = await begin()
    const { text, isError } = await ask(name, input)
    expect(text).toContain(expected)
    expect(isError).toBe(false)
  })

  test('a wrong question is an error that says what is wrong', async () => {
    const { ask } = await begin()
    expect(await ask('get_service_status', { service: 'mial' })).toMatchObject({
      isError: true,
      text: expect.stringContaining('didYouMean'),
    })
    expect((await ask('list_spikes', { region: 'XX' })).isError).toBe(true)
    expect((await ask('list_spikes', { limit: 1_000 })).isError).toBe(true)
  })

  test('keeps no sessions, and takes from the caller’s limit', async () => {
    const { ports } = await begin()
    expect((await call(ports, '/mcp')).status).toBe(405)
    expect((await call(ports, '/mcp', { method: 'DELETE' })).status).toBe(405)
    await ports.limiter.consume('read', 'client', 1_200)
    expect((await call(ports, '/mcp', { body: { jsonrpc: '2.0', id: 1, method: 'ping' } })).status).toBe(429)
  })
})

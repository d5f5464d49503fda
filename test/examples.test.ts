import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { saveIncidents, saveSpikes } from '../src/incident/queries.ts'
import { addService, buildIncident, buildSpike, incidentEvent, spikeEvent, tellEvents } from './support/build-events.ts'
import { freePort } from './support/postgres-server.ts'
import { ADMIN_KEY } from './support/program-ports.ts'
import { startReceiver } from './support/receiver.ts'
import { useRunningServer } from './support/running-server.ts'

const has = (program: string) => spawnSync(program, ['--version']).status === 0
const SERVICE = 'exchange-online'

describe('the examples, against a running instance', () => {
  const running = useRunningServer(async (storage) => {
    const id = await addService(storage.run, SERVICE)
    await saveSpikes(storage.run, [{ serviceId: id, spike: buildSpike({ service: SERVICE }) }])
    await saveIncidents(storage.run, [{ serviceId: id, incident: buildIncident({ service: SERVICE }), entries: [] }])
    await tellEvents(storage, [spikeEvent({ service: SERVICE }), incidentEvent({ service: SERVICE })])
  })
  const children = new Set<ChildProcess>()
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL')
  })

  function start(program: string, args: string[], env: Record<string, string> = {}) {
    const child = spawn(program, args, {
      env: { PATH: process.env.PATH, OUTCRY_URL: running().server.url, PYTHONDONTWRITEBYTECODE: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    children.add(child)
    let said = ''
    const waiting: { text: string; resolve: () => void }[] = []
    for (const stream of [child.stdout!, child.stderr!])
      stream.on('data', (chunk) => {
        said += chunk
        for (const { text, resolve } of waiting) if (said.includes(text)) resolve()
      })
    return {
      child,
      said: () => said,
      says: (text: string) =>
        said.includes(text) ? Promise.resolve() : new Promise<void>((resolve) => void waiting.push({ text, resolve })),
      ended: new Promise<number | null>((resolve) => child.once('exit', resolve)),
    }
  }

  test.skipIf(!has('curl'))('curl.sh', async () => {
    const { said, ended } = start('sh', ['examples/curl.sh'], { SECONDS_TO_FOLLOW: '2' })
    expect(await ended).toBe(0)
    expect(said()).toContain(`"slug":"${SERVICE}"`)
    expect(said()).toMatch(/^304$/m)
    expect(said()).toContain('event: incident.opened')
    const [spike] = (JSON.parse(/^\{"items":.*$/m.exec(said())![0]) as { items: object[] }).items
    expect(Object.keys(spike!).sort()).toEqual(['expected', 'observed', 'openedAt', 'region', 'service'])
  })

  test.skipIf(!has('python3'))('python/follow.py', async () => {
    const { says, child, said } = start('python3', ['examples/python/follow.py', 'type=spike.opened'], {
      OUTCRY_CURSOR: '0',
    })
    await says(`spike.opened ${SERVICE} world open`)
    await tellEvents(running().storage, [spikeEvent({ service: 'chat', region: 'DE' })])
    await says('spike.opened chat DE open')
    expect(said()).not.toContain('incident')
    child.kill()
  })

  test.skipIf(!has('python3'))('python/receive.py takes what is genuine, and nothing else', async () => {
    const { server, storage } = running()
    const port = await freePort()
    const post = async (path: string, key: string, body: unknown) =>
      (await (
        await fetch(server.url + path, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
      ).json()) as { key: string; secret: string }
    const { key } = await post('/v1/admin/keys', ADMIN_KEY, { name: 'example', scopes: ['webhooks'] })
    const { secret } = await post('/v1/webhooks', key, {
      url: `http://127.0.0.1:${port}/`,
      filter: { types: ['spike.resolved'] },
    })
    const receiver = start('python3', ['examples/python/receive.py'], { OUTCRY_SECRET: secret, PORT: String(port) })
    await receiver.says('listening')
    await tellEvents(storage, [spikeEvent({ service: SERVICE }, 'resolved')])
    await receiver.says(`spike.resolved`)
    expect((await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{}' })).status).toBe(401)
    receiver.child.kill()
  })

  test.skipIf(!has('python3'))('slack/forward.py says who says so', async () => {
    const slack = await startReceiver()
    const { child } = start('python3', ['examples/slack/forward.py'], {
      SLACK_WEBHOOK_URL: slack.url,
      OUTCRY_CURSOR: '0',
    })
    await slack.has(1)
    const { text } = JSON.parse(slack.received[0]!.body) as { text: string }
    expect(text).toContain(`/i/incident-1|${SERVICE}>: people report problems (major). 60 in 15 minutes`)
    child.kill()
    await slack.close()
  })

  test('what Home Assistant is told to ask for is there', async () => {
    const yaml = readFileSync('examples/home-assistant/configuration.yaml', 'utf8')
    const path = /resource: http:\/\/localhost:8787(\S+)/.exec(yaml)![1]!
    const answer = (await (await fetch(running().server.url + path)).json()) as Record<string, unknown>
    expect(answer.state).toBe('down')
    const attributes = /json_attributes:\n((?: +- \w+\n)+)/.exec(yaml)![1]!.match(/\w+/g)!
    for (const name of attributes) expect(answer).toHaveProperty(name)
  })

  test('every query of the Grafana dashboard is answered, with the columns that it shows', async () => {
    const { panels } = JSON.parse(readFileSync('examples/grafana/dashboard.json', 'utf8')) as {
      panels: { targets: { url: string; root_selector: string; columns: { selector: string }[] }[] }[]
    }
    const targets = panels.flatMap((panel) => panel.targets)
    expect(targets).toHaveLength(2)
    const values: Record<string, string> = {
      outcry: running().server.url,
      service: SERVICE,
      '__from:date:iso': new Date(Date.now() - 3_600_000).toISOString(),
      '__to:date:iso': new Date().toISOString(),
    }
    for (const { url, root_selector: root, columns } of targets) {
      const response = await fetch(url.replace(/\$\{([^}]+)\}/g, (_, name: string) => values[name]!))
      expect(response.status).toBe(200)
      const [row] = ((await response.json()) as Record<string, object[]>)[root]!
      for (const { selector } of columns) expect(row).toHaveProperty(selector)
    }
  })
})

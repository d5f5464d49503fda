import { expect, test } from 'vitest'
import { saveServices } from '../../src/service/queries.ts'
import { addService, incidentEvent, spikeEvent, tellEvents } from '../support/build-events.ts'
import { call, createTestPorts, issueTestKey } from '../support/program-ports.ts'
import { SseReader } from '../support/read-sse.ts'
import { aService } from '../support/services.ts'
import { describeOnBothEngines } from '../support/storage.ts'

describeOnBothEngines('/v1/spikes/stream', (storage) => {
  function begin(options: Parameters<typeof createTestPorts>[1] = {}) {
    const ports = createTestPorts(storage(), options)
    const open = async (query = '', headers: Record<string, string> = {}) => {
      const response = await call(ports, `/v1/spikes/stream${query}`, { headers })
      expect(response.status).toBe(200)
      return new SseReader(response)
    }
    const tell = async (...events: Parameters<typeof tellEvents>[1]) => {
      await tellEvents(storage(), events)
      await ports.eventFeed.read()
    }
    return { ports, open, tell }
  }
  const ids = (messages: { id: string | null }[]) => messages.map(({ id }) => Number(id))
  const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n)

  test('tells what happens from now on, each event under its id and type', async () => {
    const { open, tell } = begin()
    await tell(spikeEvent())
    const stream = await open()
    await tell(spikeEvent({ observed: 77 }), incidentEvent())
    const [spike, incident] = await stream.take(2)
    expect(spike).toMatchObject({ id: '2', event: 'spike.opened' })
    expect(JSON.parse(spike!.data)).toMatchObject({
      id: '2',
      type: 'spike.opened',
      service: 'mail',
      data: { observed: 77 },
    })
    expect(incident).toMatchObject({ id: '3', event: 'incident.opened' })
    await stream.close()
  })

  test('says where one stands before the first event, so that a break then loses nothing', async () => {
    const { open, tell } = begin()
    await tell(spikeEvent(), spikeEvent())
    const stream = await open()
    expect(await stream.block()).toBe('retry: 3000\nid: 2')
    await stream.close()
    await tell(spikeEvent())
    const again = await open('', { 'last-event-id': stream.lastId })
    expect(ids(await again.take(1))).toEqual([3])
    await again.close()
  })

  test('goes on after a cursor; Last-Event-ID wins over it', async () => {
    const { open, tell } = begin()
    await tell(...Array.from({ length: 5 }, () => spikeEvent()))
    const whole = await open('?cursor=0')
    expect(ids(await whole.take(5))).toEqual([1, 2, 3, 4, 5])
    const resumed = await open('?cursor=0', { 'last-event-id': '3' })
    await tell(spikeEvent())
    expect(ids(await resumed.take(3))).toEqual([4, 5, 6])
    await Promise.all([whole.close(), resumed.close()])
  })

  test('loses nothing and repeats nothing over many breaks, other processes and a long log', async () => {
    const first = begin({ feed: { keptEvents: 20 } })
    const second = begin({ feed: { keptEvents: 20 } })
    const seen: number[] = []
    let lastId = '0'
    let told = 0
    for (let round = 0; round < 12; round++) {
      const { open } = round % 2 === 0 ? first : second
      const stream = await open('', { 'last-event-id': lastId })
      const events = Array.from({ length: round * 7 + 1 }, () => spikeEvent())
      const telling = first.tell(...events).then(() => second.ports.eventFeed.read())
      told += events.length
      seen.push(...ids(await stream.take(told - seen.length - (round % 3 === 0 ? 0 : 1))))
      await telling
      lastId = String(seen.at(-1))
      await stream.close()
    }
    const rest = await first.open('', { 'last-event-id': lastId })
    seen.push(...ids(await rest.take(told - seen.length)))
    expect(seen).toEqual(range(1, told))
    await rest.close()
  })

  test('a reader that joins while events are told gets each once', async () => {
    const { open, tell, ports } = begin({ feed: { keptEvents: 5 } })
    let isTelling = true
    const telling = (async () => {
      for (let n = 0; n < 40; n++) await tell(spikeEvent(), spikeEvent())
      isTelling = false
    })()
    const readers: Promise<void>[] = []
    while (isTelling && readers.length < 15) {
      const stream = await open('?cursor=0')
      readers.push(
        stream.take(80).then(async (messages) => {
          expect(ids(messages)).toEqual(range(1, 80))
          await stream.close()
        }),
      )
    }
    await telling
    await ports.eventFeed.read()
    await Promise.all(readers)
    expect(ports.eventFeed.readers()).toBe(0)
  })

  test('filters, and moves the cursor past what it leaves out', async () => {
    await saveServices(storage().run, [aService({ slug: 'mail' })])
    const { open, tell, ports } = begin()
    const stream = await open('?service=mail&region=us&type=spike.opened,spike.resolved')
    await tell(
      spikeEvent({ service: 'chat' }),
      spikeEvent({ regions: [{ region: 'DE', share: 1 }] }),
      spikeEvent({}, 'updated'),
      spikeEvent({}, 'resolved'),
      incidentEvent(),
    )
    expect(ids(await stream.take(1))).toEqual([4])
    ports.eventFeed.beat()
    await stream.block()
    expect(stream.lastId).toBe('5')
    await stream.close()
  })

  test.each([
    '?type=spike.closed',
    '?region=XX-9',
    '?severity=fatal',
    '?cursor=-1',
    '?cursor=abc',
    '?since=1',
    '?service=',
  ])('refuses %s', async (query) => {
    const { ports } = begin()
    expect((await call(ports, `/v1/spikes/stream${query}`)).status).toBe(400)
    expect(ports.eventFeed.readers()).toBe(0)
  })

  test('refuses a service that there is not, which would be waited for in vain', async () => {
    await saveServices(storage().run, [aService({ slug: 'mail' })])
    const { ports } = begin()
    expect((await call(ports, '/v1/spikes/stream?service=mail,no-such-service')).status).toBe(404)
  })

  test('a cursor from ahead of the log begins with the next event', async () => {
    const { open, tell } = begin()
    await tell(spikeEvent())
    const stream = await open('?cursor=999999')
    await tell(spikeEvent())
    expect(ids(await stream.take(1))).toEqual([2])
    await stream.close()
  })

  test('a burst larger than a buffer reaches every reader that takes it', async () => {
    const { open, tell } = begin({ feed: { maxBufferedBytes: 4 * 1024, keptEvents: 10 } })
    const streams = [await open(), await open()]
    await tell(...Array.from({ length: 250 }, () => spikeEvent()))
    for (const stream of streams) {
      expect(ids(await stream.take(250))).toEqual(range(1, 250))
      await stream.close()
    }
  })

  test('a reader that takes nothing for some signs of life is let go, with no more than its buffer, and can come back', async () => {
    const { open, tell, ports } = begin({ feed: { maxBufferedBytes: 8 * 1024, keptEvents: 10 } })
    const slow = await open()
    const quick = await open()
    const taken = quick.take(60)
    for (let n = 0; n < 60; n++) await tell(spikeEvent())
    expect(ids(await taken)).toEqual(range(1, 60))
    for (let n = 0; n < 5; n++) ports.eventFeed.beat()
    expect(ports.eventFeed.readers()).toBe(1)

    const got: number[] = []
    for (let message = await slow.next(); message !== null; message = await slow.next()) got.push(Number(message.id))
    expect(got.length).toBeLessThan(20)
    const again = await open('', { 'last-event-id': String(got.at(-1)) })
    expect([...got, ...ids(await again.take(60 - got.length))]).toEqual(range(1, 60))
    await Promise.all([quick.close(), again.close()])
  })

  test('a log is given whole through a small buffer, to a reader that takes its time', async () => {
    const { open, tell, ports } = begin({ feed: { maxBufferedBytes: 4 * 1024, keptEvents: 10 } })
    await tell(...Array.from({ length: 300 }, () => spikeEvent()))
    const stream = await open('?cursor=0')
    const got: number[] = []
    while (got.length < 300) {
      got.push(...ids(await stream.take(10)))
      for (let n = 0; n < 3; n++) ports.eventFeed.beat()
    }
    expect(got).toEqual(range(1, 300))
    await stream.close()
  })

  test('one client has so many streams, and all together so many; a closed one makes room', async () => {
    const { ports, open } = begin({ feed: { maxReadersPerClient: 2, maxReaders: 3 } })
    const one = await open()
    const two = await open()
    const refused = await call(ports, '/v1/spikes/stream')
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('60')
    const three = await open('', { 'x-test-client': 'another' })
    expect((await call(ports, '/v1/spikes/stream', { headers: { 'x-test-client': 'third' } })).status).toBe(503)
    await one.close()
    const four = await open()
    await Promise.all([two.close(), three.close(), four.close()])
    expect(ports.eventFeed.readers()).toBe(0)
  })

  test('a shutdown ends every stream, and opens none', async () => {
    const { ports, open } = begin()
    const stream = await open()
    ports.eventFeed.close()
    expect(await stream.next()).toBeNull()
    expect((await call(ports, '/v1/spikes/stream')).status).toBe(503)
  })

  test('a key counts its streams by itself', async () => {
    const { ports, open } = begin({ feed: { maxReadersPerClient: 1 } })
    await addService(storage().run, 'mail')
    const { key } = await issueTestKey(ports)
    const anonymous = await open()
    const keyed = await open('', { authorization: `Bearer ${key}` })
    expect((await call(ports, '/v1/spikes/stream', { key })).status).toBe(429)
    await Promise.all([anonymous.close(), keyed.close()])
  })
})

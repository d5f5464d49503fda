import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import { storeReports } from '../../src/report/store-reports.ts'
import type { IncomingPlace } from '../../src/runtime/worker-platform.ts'
import { compiledBeside, type EdgeOutcry, newAddress, startOnWorkerd } from '../support/outcry.ts'
import { SseReader } from '../support/read-sse.ts'
import { newReport } from '../support/report-batch.ts'
import { usePostgresUrl } from '../support/storage.ts'
import { jsonOf } from './problem-answer.ts'
import { describeReadContract } from './read-contract.ts'
import { describeReportContract } from './report-contract.ts'

describe('on workerd with PostgreSQL', () => {
  const databaseUrl = usePostgresUrl()
  let outcry: EdgeOutcry

  beforeAll(async () => {
    outcry = await startOnWorkerd(databaseUrl())
  })
  afterAll(() => outcry?.stop())

  describeReportContract(() => outcry)
  describeReadContract(() => outcry)

  describe('what the platform alone can tell or do', () => {
    const regionOf = async (region: string | null, place: IncomingPlace) => {
      const { slug } = outcry.freshService()
      const response = await outcry.post({ service: slug, errorType: 'slow', region }, { place })
      return (await jsonOf<{ region: string | null }>(response)).region
    }

    test.each([
      ['the guessed subdivision where nobody chose', null, { country: 'US', regionCode: 'TX' }, 'US-TX'],
      ['the chosen subdivision within the country', 'US-CA', { country: 'US', regionCode: 'TX' }, 'US-CA'],
      ['the country of the address, whatever was chosen', 'DE-BE', { country: 'US', regionCode: 'TX' }, 'US-TX'],
      ['the country alone where the platform knows no more', null, { country: 'FR' }, 'FR'],
      ['the guess where only the country was chosen', 'US', { country: 'US', regionCode: 'TX' }, 'US-TX'],
      ['a country of its own that the platform calls a part', null, { country: 'US', regionCode: 'PR' }, 'PR'],
      ['the choice where the address is of Tor', 'DE-BE', { country: 'T1' }, 'DE-BE'],
    ])('the region is %s', async (_what, chosen, place, expected) => {
      expect(await regionOf(chosen, place)).toBe(expected)
    })

    test('the place that it guesses is offered to forms', async () => {
      const response = await outcry.get('/v1/where', { place: { country: 'US', regionCode: 'TX' } })
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.json()).toMatchObject({ country: 'US', subdivision: 'US-TX', name: 'Texas' })
    })

    test('the program is small enough for the platform', () => {
      // 3 MB compressed is the least that any plan takes.
      const parts = [outcry.bundle, ...compiledBeside(outcry.bundle)]
      expect(parts.length).toBeGreaterThan(1)
      const compressed = parts.reduce((sum, path) => sum + gzipSync(readFileSync(path)).length, 0)
      expect(compressed).toBeLessThan(3_000_000)
    })

    describe('a picture for link previews', () => {
      const pictureOf = async (path: string) => {
        const response = await outcry.get(path)
        const view = new DataView(await response.arrayBuffer())
        return { status: response.status, type: response.headers.get('content-type'), view }
      }

      test('is a PNG of 1200 by 630, with the words in it', async () => {
        const [one, other] = [outcry.freshService(), outcry.freshService()]
        const { status, type, view } = await pictureOf(`/og/s/${one.slug}.png`)
        expect([status, type]).toEqual([200, 'image/png'])
        expect([view.getUint32(16), view.getUint32(20)]).toEqual([1200, 630])
        // Only the name differs; without letters both pictures would be the same.
        const second = await pictureOf(`/og/s/${other.slug}.png`)
        expect(Buffer.from(second.view.buffer).equals(Buffer.from(view.buffer))).toBe(false)
      })

      test('is there in a language that the fonts have no letters for', async () => {
        const { slug } = outcry.freshService()
        const { status, type } = await pictureOf(`/ja/og/s/${slug}.png`)
        expect([status, type]).toEqual([200, 'image/png'])
      })

      test('and a figure is a PNG where there are letters for it, else says where the SVG is', async () => {
        const { slug } = outcry.freshService()
        expect(await pictureOf(`/de/s/${slug}.png?scale=2`)).toMatchObject({ status: 200, type: 'image/png' })
        const refused = await outcry.get(`/ar/s/${slug}.png`)
        expect(refused.status).toBe(404)
        expect(await refused.text()).toContain('.svg')
      })
    })

    test('nobody is somebody else by X-Forwarded-For', async () => {
      const { slug } = outcry.freshService()
      const from = newAddress()
      for (const hop of ['198.51.100.1', '198.51.100.2'])
        await outcry.post({ service: slug, errorType: 'slow' }, { from, headers: { 'x-forwarded-for': hop } })
      await outcry.settled()
      expect(await (await outcry.get(`/v1/services/${slug}`)).json()).toMatchObject({ reportsLast15m: 1 })
    })

    test('the network of a report has its number', async () => {
      const { slug, id } = outcry.freshService()
      await outcry.post({ service: slug, errorType: 'slow' }, { place: { asn: 64_500 } })
      await outcry.settled()
      expect(await outcry.storage.run('select asn from reports where service_id = $1', [id])).toEqual([{ asn: 64_500 }])
    })

    test('a stream tells what a tick of another request has found', async () => {
      const service = outcry.freshService()
      const stream = new SseReader(await outcry.open(`/v1/spikes/stream?service=${service.slug}`))
      await stream.block()
      await storeReports(
        outcry.storage.run,
        Array.from({ length: 150 }, () => newReport({ serviceId: service.id, region: 'US-TX' })),
      )
      await outcry.tick()
      expect((await stream.take(1))[0]!.event).toMatch(/^(spike|incident)\.opened$/)
      await stream.close()
    })

    test('each cron event does its work', async () => {
      for (const cron of readWranglerConfig({ config: 'wrangler.toml' }).triggers.crons!) await outcry.cron(cron)
      const metrics = await (await outcry.get('/metrics')).text()
      expect(metrics).toMatch(/^outcry_tick_seconds_count [1-9]/m)
      expect(metrics).toContain('outcry_maintenance_total')
    })
  })
})

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unstable_readConfig as readWranglerConfig } from 'wrangler'
import type { IncomingPlace } from '../../src/runtime/worker-platform.ts'
import { type EdgeOutcry, newAddress, startOnWorkerd } from '../support/outcry.ts'
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

    test('each cron event does its work', async () => {
      for (const cron of readWranglerConfig({ config: 'wrangler.toml' }).triggers.crons!) await outcry.cron(cron)
      const metrics = await (await outcry.get('/metrics')).text()
      expect(metrics).toMatch(/^outcry_tick_seconds_count [1-9]/m)
      expect(metrics).toContain('outcry_maintenance_total')
    })
  })
})

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { LIMITS } from '../../src/http/limits.ts'
import { newAddress, type Outcry } from '../support/outcry.ts'
import { expectProblem, jsonOf } from './problem-answer.ts'

interface Answer {
  id: string
  service: string
  region: string | null
  counted?: boolean
  queued?: boolean
  reason?: string
  receivedAt: string
}

interface Standing {
  reportsLast15m: number
  okLast15m: number
}

/** What intake promises over HTTP, whatever it runs on. */
export function describeReportContract(outcry: () => Outcry) {
  const problem = (service: string) => ({ service, errorType: 'unavailable' })

  /** Where reports are queued, what became of one is seen in the counts alone. */
  const standingOf = async (slug: string): Promise<Standing> => {
    await outcry().settled()
    return jsonOf<Standing>(outcry().get(`/v1/services/${slug}`))
  }

  describe('a report', () => {
    test('is taken, counted and acknowledged', async () => {
      const { slug } = outcry().freshService()
      const response = await outcry().post({
        ...problem(slug),
        region: 'US-TX',
        feature: 'send mail',
        comment: 'Nothing sends.',
      })
      const body = await jsonOf<Answer>(response)

      expect(body).toMatchObject({ service: slug, region: 'US-TX' })
      expect(body.id).toMatch(/^[0-9a-f-]{36}$/)
      expect(Math.abs(Date.parse(body.receivedAt) - Date.now())).toBeLessThan(60_000)
      if (outcry().isQueueing) {
        expect(response.status).toBe(202)
        expect(body.queued).toBe(true)
        expect(body).not.toHaveProperty('counted')
      } else {
        expect(response.status).toBe(201)
        expect(body.counted).toBe(true)
      }
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(response.headers.get('ratelimit-policy')).toBe(`"report";q=${LIMITS.report.points};w=60`)
      expect(await standingOf(slug)).toMatchObject({ reportsLast15m: 1, okLast15m: 0 })
    })

    test('of the same person on the same service counts once in half an hour, and is answered as a duplicate', async () => {
      const { slug } = outcry().freshService()
      const from = newAddress()
      const first = await jsonOf<Answer>(outcry().post(problem(slug), { from }))
      await outcry().settled()
      const second = await outcry().post({ ...problem(slug), errorType: 'login' }, { from })
      if (!outcry().isQueueing) {
        expect(second.status).toBe(200)
        expect(await jsonOf<Answer>(second)).toMatchObject({ id: first.id, counted: false, reason: 'duplicate' })
      }
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
    })

    test('that repeats may add the detail that the first one left open, and changes nothing that was said', async () => {
      const { slug, id } = outcry().freshService()
      const from = newAddress()
      await outcry().post({ ...problem(slug), comment: 'first' }, { from })
      await outcry().settled()
      await outcry().post({ ...problem(slug), comment: 'second', feature: 'send mail' }, { from })
      await outcry().settled()
      const rows = await outcry().storage.run(
        'select comment, feature, error_type from reports where service_id = $1',
        [id],
      )
      expect(rows).toEqual([{ comment: 'first', feature: 'send mail', error_type: 'unavailable' }])
    })

    test('sent a hundred times at once counts once', async () => {
      const { slug } = outcry().freshService()
      const from = newAddress()
      const answers = await Promise.all(Array.from({ length: 100 }, () => outcry().post(problem(slug), { from })))
      const bodies = await Promise.all(answers.map((answer) => jsonOf<Answer>(answer)))
      if (!outcry().isQueueing) {
        expect(bodies.filter(({ counted }) => counted)).toHaveLength(1)
        expect(new Set(bodies.map(({ id }) => id)).size).toBe(1)
      }
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
    })

    test('of a hundred people at once counts a hundred times', async () => {
      const { slug } = outcry().freshService()
      const answers = await Promise.all(Array.from({ length: 100 }, () => outcry().post(problem(slug))))
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([outcry().isQueueing ? 202 : 201]))
      expect((await standingOf(slug)).reportsLast15m).toBe(100)
    })

    test('cannot be made to look like another person by anything that the client chooses', async () => {
      const { slug } = outcry().freshService()
      const from = newAddress()
      for (const headers of [
        { 'user-agent': 'one' },
        { 'user-agent': 'two', cookie: 'session=2' },
        { 'accept-language': 'de', 'idempotency-key': 'another' },
        { 'x-real-ip': '198.51.100.9', forwarded: 'for=198.51.100.9', 'true-client-ip': '198.51.100.9' },
      ])
        await outcry().post(problem(slug), { from, headers })
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
    })

    test('of neighbours in one IPv6 /64 counts once, and of two such networks twice', async () => {
      const { slug } = outcry().freshService()
      for (const from of ['2001:db8:1:1::1', '2001:db8:1:1:ffff::2', '2001:db8:1:2::1'])
        await outcry().post(problem(slug), { from })
      expect((await standingOf(slug)).reportsLast15m).toBe(2)
    })

    test('weighs less the more its network has said', async () => {
      const { slug, id } = outcry().freshService()
      const network = newAddress().replace(/\.7$/, '')
      for (let host = 1; host <= 4; host++) await outcry().post(problem(slug), { from: `${network}.${host}` })
      expect((await standingOf(slug)).reportsLast15m).toBe(4)
      const weights = await outcry().storage.run<{ weight: number }>(
        'select weight from reports where service_id = $1 order by weight desc',
        [id],
      )
      expect(weights[0]!.weight).toBe(1000)
      expect(weights.slice(1).every(({ weight }) => weight <= 500)).toBe(true)
    })

    test('that it works for me is kept beside the problems, and needs no error type', async () => {
      const { slug } = outcry().freshService()
      await outcry().post(problem(slug))
      const response = await outcry().post({ service: slug, kind: 'ok' })
      expect(response.ok).toBe(true)
      expect(await standingOf(slug)).toMatchObject({ reportsLast15m: 1, okLast15m: 1 })
    })

    const seen = new Date(Date.now() - 2 * 3600_000)
    const aboutSeen = async (slug: string) => {
      const query = `from=${new Date(seen.getTime() - 300_000).toISOString()}&to=${new Date(seen.getTime() + 300_000).toISOString()}`
      const { points } = await jsonOf<{ points: { count: number; late: number }[] }>(
        outcry().get(`/v1/services/${slug}/timeseries?${query}`),
      )
      const sum = (of: 'count' | 'late') => points.reduce((total, point) => total + point[of], 0)
      return { count: sum('count'), late: sum('late') }
    }

    test('that was seen earlier is shown apart, and is no live report', async () => {
      const { slug } = outcry().freshService()
      const response = await outcry().post({ ...problem(slug), observedAt: seen.toISOString() })
      expect(response.ok).toBe(true)
      expect((await standingOf(slug)).reportsLast15m).toBe(0)
      expect(await aboutSeen(slug)).toEqual({ count: 0, late: 1 })
    })

    test('that was seen earlier takes no place of what the same person sees now, and counts once itself', async () => {
      const { slug } = outcry().freshService()
      const from = '203.0.113.66'
      for (const observedAt of [seen.toISOString(), seen.toISOString(), undefined, undefined])
        await outcry().post({ ...problem(slug), ...(observedAt && { observedAt }) }, { from })
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
      expect(await aboutSeen(slug)).toEqual({ count: 0, late: 1 })
    })

    test('leaves no trace of its address in the database', async () => {
      const { slug } = outcry().freshService()
      const from = '203.0.113.77'
      await outcry().post(problem(slug), { from, headers: { 'idempotency-key': 'trace' } })
      await outcry().settled()
      for (const table of ['reports', 'voices', 'network_voices', 'idempotency_keys', 'reporter_salts']) {
        const [row] = await outcry().storage.run<{ text: string | null }>(
          `select string_agg(t::text, ' ') as text from ${table} t`,
        )
        expect(row!.text ?? '').not.toContain('203.0.113')
      }
    })
  })

  describe('the region of a report', () => {
    const regionOf = async (region: string | undefined, place?: { country?: string; regionCode?: string }) => {
      const { slug } = outcry().freshService()
      const response = await outcry().post({ ...problem(slug), ...(region ? { region } : {}) }, place ? { place } : {})
      return (await jsonOf<Answer>(response)).region
    }

    test('is what the person says where the platform does not tell', async () => {
      expect(await regionOf('US-TX')).toBe('US-TX')
      expect(await regionOf('de')).toBe('DE')
      expect(await regionOf(undefined)).toBeNull()
    })

    test('counts in the first level, under the code in force', async () => {
      expect(await regionOf('FR-75C')).toBe('FR-IDF')
      expect(await regionOf('in-or')).toBe('IN-OD')
    })

    test('rolls up to its country', async () => {
      const { slug } = outcry().freshService()
      for (let n = 0; n < 4; n++) await outcry().post({ ...problem(slug), region: n < 3 ? 'US-TX' : 'US' })
      await outcry().settled()
      const cellsOf = async (query: string) => {
        const { regions } = await jsonOf<{ regions: { region: string; count: number | null }[] }>(
          outcry().get(`/v1/heatmap?service=${slug}&${query}`),
        )
        return Object.fromEntries(regions.filter(({ count }) => count).map(({ region, count }) => [region, count]))
      }
      expect(await cellsOf('level=country')).toEqual({ US: 4 })
      expect(await cellsOf('level=subdivision&country=US')).toEqual({ 'US-TX': 3 })
    })

    test('is refused where there is no such place', async () => {
      const { slug } = outcry().freshService()
      const response = await outcry().post({ ...problem(slug), region: 'US-ZZ' })
      await expectProblem(response, 400, 'urn:outcry:problem:invalid-request', ['region'])
    })
  })

  test('each refusal is counted under its reason, also of what cannot even be read', async () => {
    const countOf = async (reason: string) => {
      const text = await (await outcry().get('/metrics')).text()
      return Number(new RegExp(`^outcry_intake_total\\{outcome="${reason}"\\} (\\d+)$`, 'm').exec(text)?.[1] ?? 0)
    }
    const send = (body: string, type = 'application/json') =>
      outcry().fetch('/v1/reports', { method: 'POST', body, headers: { 'content-type': type } })
    const refusals: [string, () => Promise<Response>][] = [
      ['unsupported-media-type', () => send('x', 'text/plain')],
      ['payload-too-large', () => send(`"${'a'.repeat(20_000)}"`)],
      ['malformed-json', () => send('{')],
      ['invalid-request', () => send('{}')],
      ['unknown-service', () => send('{"service":"nobody-knows-it","errorType":"slow"}')],
    ]
    for (const [reason, refuse] of refusals) {
      const before = await countOf(reason)
      expect((await refuse()).status).toBeGreaterThanOrEqual(400)
      expect(await countOf(reason), reason).toBe(before + 1)
    }
  })

  describe('a limit', () => {
    test('refuses with what it is, when it ends, and a problem document', async () => {
      const from = newAddress()
      const { slug } = outcry().freshService()
      const answers: Response[] = []
      for (let sent = 0; sent <= LIMITS.report.points; sent += 40)
        answers.push(...(await Promise.all(Array.from({ length: 41 }, () => outcry().post(problem(slug), { from })))))
      const refused = answers.filter(({ status }) => status === 429)
      expect(refused.length).toBeGreaterThan(0)
      // A window may turn while the requests come; then two windows' worth get through at most.
      expect(answers.length - refused.length).toBeGreaterThanOrEqual(LIMITS.report.points)
      expect(answers.length - refused.length).toBeLessThanOrEqual(2 * LIMITS.report.points)
      const { headers } = refused[0]!
      expect(headers.get('ratelimit-policy')).toBe(`"report";q=${LIMITS.report.points};w=60`)
      expect(headers.get('ratelimit')).toMatch(/^"report";r=0;t=\d+$/)
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(0)
      await expectProblem(refused[0]!, 429, 'https://iana.org/assignments/http-problem-types#quota-exceeded')
    })
  })

  describe('an Idempotency-Key', () => {
    test('gives the same answer again, and another content is refused', async () => {
      const { slug } = outcry().freshService()
      const sender = { from: newAddress(), headers: { 'idempotency-key': crypto.randomUUID() } }
      const first = await jsonOf<Answer>(outcry().post(problem(slug), sender))
      await outcry().settled()
      const again = await outcry().post(problem(slug), sender)
      expect(again.status).toBe(201)
      expect(await jsonOf<Answer>(again)).toMatchObject({ id: first.id, counted: true })
      const other = await outcry().post({ ...problem(slug), errorType: 'login' }, sender)
      await expectProblem(other, 422, 'urn:outcry:problem:idempotency-key-reused')
    })

    test('of one client means nothing to another', async () => {
      const { slug } = outcry().freshService()
      const headers = { 'idempotency-key': crypto.randomUUID() }
      await outcry().post(problem(slug), { headers })
      await outcry().settled()
      await outcry().post({ ...problem(slug), errorType: 'login' }, { headers })
      expect((await standingOf(slug)).reportsLast15m).toBe(2)
    })

    test('must be visible ASCII of at most 128 characters', async () => {
      const { slug } = outcry().freshService()
      for (const key of ['a b', 'x'.repeat(129)]) {
        const response = await outcry().post(problem(slug), { headers: { 'idempotency-key': key } })
        await expectProblem(response, 400, 'urn:outcry:problem:invalid-request', ['Idempotency-Key'])
      }
    })
  })

  describe('bad input', () => {
    const service = () => outcry().freshService().slug

    test.each([
      ['an unknown field', { extra: 1 }, ['extra']],
      ['a wrong error type', { errorType: 'broken' }, ['errorType']],
      ['a problem without its error type', { errorType: undefined }, ['errorType']],
      ['a wrong kind', { kind: 'maybe' }, ['kind']],
      ['a service that is no text', { service: 7 }, ['service']],
      ['a comment that is too long', { comment: 'x'.repeat(281) }, ['comment']],
      ['a control character in the comment', { comment: 'a\u0007b' }, ['comment']],
      ['half a character in the comment', { comment: 'a\ud800b' }, ['comment']],
      ['a line break in the feature', { feature: 'send\nmail' }, ['feature']],
      ['a zero byte in the service', { service: 'a\u0000b' }, ['service']],
      ['a time that is none', { observedAt: 'yesterday' }, ['observedAt']],
      ['a time in the future', { observedAt: '2999-01-01T00:00:00Z' }, ['observedAt']],
      ['a time more than a day back', { observedAt: '2020-01-01T00:00:00Z' }, ['observedAt']],
      ['two wrong fields', { kind: 'maybe', region: 'ZZ-ZZ' }, ['kind', 'region']],
    ])('%s is named', async (_what, change, fields) => {
      const response = await outcry().post({ ...problem(service()), ...change })
      await expectProblem(response, 400, 'urn:outcry:problem:invalid-request', fields)
    })

    test.each([['null'], ['[]'], ['7'], ['"text"']])(
      'a body that is %s instead of an object is refused',
      async (body) => {
        const response = await outcry().fetch('/v1/reports', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body,
        })
        expect(response.status).toBe(400)
      },
    )

    test('a body that is not JSON is refused', async () => {
      const response = await outcry().fetch('/v1/reports', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"service":',
      })
      await expectProblem(response, 400, 'urn:outcry:problem:malformed-json', ['(body)'])
    })

    test('an unknown service is answered with those that were perhaps meant', async () => {
      const body = await expectProblem(
        await outcry().post(problem('exchange-onlin')),
        404,
        'urn:outcry:problem:unknown-service',
      )
      const didYouMean = body.didYouMean as string[]
      expect(didYouMean).toContain('exchange-online')
      expect(didYouMean.length).toBeLessThanOrEqual(3)
    })

    test('a body over 16 KiB is refused', async () => {
      const response = await outcry().post({ ...problem(service()), comment: 'x'.repeat(16 * 1024) })
      await expectProblem(response, 413, 'urn:outcry:problem:payload-too-large')
    })

    test.each([['/v1/reports'], ['/v1/snapshots']])(
      'a body that does not tell its length is counted all the same: %s',
      async (path) => {
        const chunk = new TextEncoder().encode('x'.repeat(1024))
        let sent = 0
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (sent++ < 80) controller.enqueue(chunk)
            else controller.close()
          },
        })
        const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body, duplex: 'half' }
        const response = await outcry().fetch(path, init)
        await expectProblem(response, 413, 'urn:outcry:problem:payload-too-large')
      },
    )

    test.each([['text/plain'], ['multipart/form-data; boundary=x'], ['']])(
      'content of type "%s" is refused',
      async (type) => {
        const response = await outcry().fetch('/v1/reports', {
          method: 'POST',
          headers: { 'content-type': type },
          body: JSON.stringify(problem(service())),
        })
        await expectProblem(response, 415, 'urn:outcry:problem:unsupported-media-type')
      },
    )

    test('whatever is sent, the answer is never a failure of ours', async () => {
      const slug = service()
      const anyText = fc.oneof(
        fc.string(),
        fc.string({ unit: 'binary' }),
        fc.constantFrom('US-TX', slug, 'problem', '\u0000', '\ud800'),
      )
      const anyValue = fc.oneof(anyText, fc.jsonValue(), fc.constantFrom(null, -1, 1e308, [], {}))
      const report = fc.record(
        {
          service: fc.oneof({ weight: 3, arbitrary: fc.constant(slug) }, { weight: 1, arbitrary: anyValue }),
          kind: fc.oneof(fc.constantFrom('problem', 'ok'), anyValue),
          errorType: fc.oneof(fc.constantFrom('login', 'other'), anyValue),
          region: anyValue,
          feature: anyText,
          comment: anyText,
          observedAt: fc.oneof(
            anyValue,
            fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
          ),
          __proto__: anyValue,
        },
        { requiredKeys: [] },
      )
      const body = fc.oneof(
        report.map((value) => JSON.stringify(value)),
        fc.jsonValue().map((value) => JSON.stringify(value)),
        anyText,
      )
      const type = fc.constantFrom(
        'application/json',
        'application/json',
        'application/x-www-form-urlencoded',
        'application/json; charset=utf-16',
      )
      await fc.assert(
        fc.asyncProperty(fc.array(fc.tuple(body, type), { minLength: 8, maxLength: 8 }), async (requests) => {
          const answers = await Promise.all(
            requests.map(([text, contentType]) =>
              outcry().fetch('/v1/reports', { method: 'POST', headers: { 'content-type': contentType }, body: text }),
            ),
          )
          expect(answers.filter(({ status }) => status >= 500)).toEqual([])
        }),
        { numRuns: 30 },
      )
      await outcry().settled()
    })
  })

  describe('a form', () => {
    const sendForm = (fields: Record<string, string>, from = newAddress()) =>
      outcry().fetch('/v1/reports', {
        method: 'POST',
        from,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      })

    test('is a report too, and leads to a page', async () => {
      const { slug } = outcry().freshService()
      const response = await sendForm({ service: slug, errorType: 'login', region: 'DE', comment: '', feature: '' })
      expect(response.status).toBe(303)
      const location = response.headers.get('location')!
      expect(location).toMatch(new RegExp(`^/s/${slug}/thanks\\?outcome=(counted|queued)$`))
      const page = await outcry().get(location)
      expect(page.status).toBe(200)
      expect(page.headers.get('content-type')).toContain('text/html')
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
    })

    test('with a field given twice is refused', async () => {
      const response = await outcry().fetch('/v1/reports', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `service=${outcry().freshService().slug}&errorType=login&errorType=slow`,
      })
      await expectProblem(response, 400, 'urn:outcry:problem:invalid-request', ['errorType'])
    })

    test('that a browser sent is refused with a page that names what is wrong', async () => {
      const response = await outcry().fetch('/v1/reports', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html,*/*;q=0.8' },
        body: `service=${outcry().freshService().slug}`,
      })
      expect(response.status).toBe(400)
      expect(response.headers.get('content-type')).toContain('text/html')
      expect(await response.text()).toContain('errorType. Required for a problem')
    })

    test('of the service page is a report too', async () => {
      const { slug } = outcry().freshService()
      const response = await outcry().fetch(`/s/${slug}/report`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'errorType=timeout',
      })
      expect(response.status).toBe(303)
      expect((await standingOf(slug)).reportsLast15m).toBe(1)
    })
  })
}

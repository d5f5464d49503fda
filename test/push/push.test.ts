import { describe, expect, test } from 'vitest'
import { afterAttempt } from '../../src/push/push.ts'
import { writePush } from '../../src/push/write-push.ts'
import { LANGUAGES } from '../../web/strings/language.ts'

const now = new Date('2026-03-01T12:00:00Z')
const answered = (status: number, retryAfter: string | null = null) =>
  ({ kind: 'answered', status, retryAfter }) as const

describe('after an attempt', () => {
  test.each([
    [201, 'served'],
    [404, 'gone'],
    [410, 'gone'],
    [429, 'retry'],
    [500, 'retry'],
    [301, 'retry'],
  ])('%i means: %s', (status, step) => {
    expect(afterAttempt(answered(status), { attempt: 1, now, random: 0 }).step).toBe(step)
  })

  test('the next comes later each time, at least when the push service says, and after some none', () => {
    const at = (attempt: number, retryAfter: string | null = null) => {
      const next = afterAttempt(answered(503, retryAfter), { attempt, now, random: 0 })
      return next.step === 'retry' ? (next.dueAt.getTime() - now.getTime()) / 1000 : null
    }
    expect([1, 2, 3, 4, 5].map((attempt) => at(attempt))).toEqual([30, 120, 600, 3600, null])
    expect(at(1, '90')).toBe(90)
  })
})

test.each(LANGUAGES)('the message names the service and when it ended, with its zone: %s', (language) => {
  const text = writePush({
    language,
    service: { slug: 'mail', name: 'Example Mail' },
    incidentId: 'abc',
    endedAt: new Date('2026-03-01T14:05:00Z'),
  })
  expect(text.title).toContain('Example Mail')
  expect(text.body).toMatch(/(14:05|١٤:٠٥).*UTC/)
  expect(text.body).not.toContain('{')
  expect(text.path).toBe(language === 'en' ? '/i/abc' : `/${language}/i/abc`)
})

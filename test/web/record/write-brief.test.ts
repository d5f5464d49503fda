import { describe, expect, test } from 'vitest'
import { briefText, peakRatio, writeBrief } from '../../../web/record/write-brief.ts'
import { localeOf } from '../../../web/strings/format.ts'
import { LANGUAGES, type Language } from '../../../web/strings/language.ts'
import { aRecord } from '../../support/incident-records.ts'
import { EXPECTED_ENGLISH } from './expected-english.ts'
import { HARD_CASES } from './hard-cases.ts'

const PLAIN = new Set(writeBrief(aRecord(), 'en').sentences.map(({ text }) => text))

/** What reports cannot say, in each language: people, customers or users hit or concerned, or the whole of them. */
const CLAIMS: Record<Language, RegExp> = {
  en: /users? affected|affected (users?|customers?)|outage affects|thousands of users|of all users/i,
  de: /betroffen/i,
  es: /afectad/i,
  fr: /touch[ée]|affect[ée]/i,
  pt: /afetad|atingid/i,
  ja: /被害者|影響を受けた/,
  ar: /المتضرر|المتأثر/,
}

/** Isolates, the percent sign's own marks and narrow spaces apart, as a reader sees it. */
const bare = (text: string) => text.replace(/[\u2066-\u2069\u200e\u200f]/g, '')

describe.each(LANGUAGES)('a brief in %s', (language) => {
  const locale = localeOf(language)

  test.each(HARD_CASES)('$name: whole sentences without holes or claims', ({ record }) => {
    const brief = writeBrief(record, language)
    const text = [briefText(brief), brief.safe].join('\n')
    expect(text).not.toMatch(/undefined|null|NaN|Infinity|\[object/)
    expect(text).not.toMatch(/ {2}| [.,;:] | \.|\(\)|""|「」|«\s*»|„“/)
    expect(text.replaceAll('{count} errors', '')).not.toMatch(/\{\w+\}/)
    expect(text).not.toMatch(CLAIMS[language])
    for (const { text: sentence } of brief.sentences) expect(bare(sentence).trim()).toMatch(/[.。)"”»」“]$|\w$/)
  })

  test.each(HARD_CASES)('$name: the numbers are those on record', ({ record }) => {
    const brief = writeBrief(record, language)
    const of = (topic: string) =>
      bare(
        brief.sentences
          .filter((sentence) => sentence.topic === topic)
          .map(({ text }) => text)
          .join(' '),
      )
    if (record.reports > 0) {
      expect(of('reports')).toContain(locale.number(record.reports))
      expect(bare(brief.safe)).toContain(locale.number(record.reports))
      if (record.reporters !== null) expect(of('reports')).toContain(locale.number(record.reporters.count))
    }
    if (record.peak.observed > 0) expect(of('usual')).toContain(locale.number(record.peak.observed))
    if (record.secondPeak !== null) expect(of('usual')).toContain(locale.number(record.secondPeak.observed))
    const ratio = peakRatio(record)
    if (ratio === null) expect(of('usual')).not.toMatch(/times|Fache|veces|fois|vezes|倍|ضعف/)
    else expect(of('usual')).toContain(locale.multiple(ratio))
    if (record.affected !== null) expect(of('votes')).toContain(locale.number(record.affected.votes))
    expect(of('onset')).toContain(bare(locale.dateTime(record.onset.at)))
    expect(of('asOf')).toContain(bare(locale.dateTime(record.asOf)))
  })

  test('says that reports are no share of all customers, whenever there is a report', () => {
    const caveat = writeBrief(aRecord(), language)
      .sentences.filter(({ topic }) => topic === 'reports')
      .at(-1)!.text
    for (const { record } of HARD_CASES)
      expect(writeBrief(record, language).sentences.map(({ text }) => text)).toContain(caveat)
  })

  test('a record without a provider’s word says that none is on record, and names no cause', () => {
    const { sentences } = writeBrief(aRecord({ providerUpdates: [] }), language)
    expect(sentences.filter(({ topic }) => topic === 'provider')).toHaveLength(1)
    expect(sentences.filter(({ topic }) => topic === 'cause')).toHaveLength(1)
    expect(sentences.filter(({ topic }) => topic === 'workaround')).toEqual([])
  })
})

test('there are at least 40 hard cases, each with its own name and expectation', () => {
  const names = HARD_CASES.map(({ name }) => name)
  expect(names.length).toBeGreaterThanOrEqual(40)
  expect(new Set(names).size).toBe(names.length)
  expect(Object.keys(EXPECTED_ENGLISH)).toEqual(names)
})

test.each(HARD_CASES)('in English, $name reads word for word', ({ name, record }) => {
  const { headline, sentences, safe } = writeBrief(record, 'en')
  const own = sentences.map(({ text }) => text).filter((text) => name === 'every fact is there' || !PLAIN.has(text))
  expect([headline, ...own, safe]).toEqual(EXPECTED_ENGLISH[name])
})

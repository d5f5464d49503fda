import { describe, expect, test } from 'vitest'
import { BUILT_IN_SERVICES } from '../../src/service/catalogue/built-in.ts'
import { createServiceSearch, indexServices } from '../../src/service/search-services.ts'
import type { ServiceEntry } from '../../src/service/service.ts'

const catalogue = indexServices(BUILT_IN_SERVICES)
const slugs = (query: string, options = {}) => catalogue.find(query, options).map(({ slug }) => slug)

describe('search for a service', () => {
  test('"outlook" finds both services that people call so', () => {
    expect(slugs('outlook').slice(0, 2).toSorted()).toEqual(['exchange-online', 'outlook-com'])
  })

  test.each([
    ['GitHub', 'github'],
    ['gh', 'github'],
    ['office 365 mail', 'exchange-online'],
    ['owa', 'exchange-online'],
    ['x', 'x'],
    ['twitter', 'x'],
    ['google', 'google-search'],
    ['amazon', 'amazon'],
    ['psn', 'playstation-network'],
    ['微信', 'wechat'],
    ['яндекс', 'yandex'],
  ])('"%s" finds %s by its name or alias', (query, slug) => {
    expect(slugs(query)[0]).toBe(slug)
  })

  test.each([
    ['exchnage', 'exchange-online'],
    ['yotube', 'youtube'],
    ['chatgtp', 'chatgpt'],
    ['amazno', 'amazon'],
    ['netflx', 'netflix'],
    ['micrsoft teams', 'microsoft-teams'],
    ['gogle drive', 'google-drive'],
    ['disny', 'disney-plus'],
  ])('"%s" finds %s despite the slip', (query, slug) => {
    expect(slugs(query)[0]).toBe(slug)
  })

  test.each([
    ['face book', 'facebook'],
    ['cloud flare', 'cloudflare'],
    ['Société Générale', 'societe-generale'],
    ['societe generale', 'societe-generale'],
    ['turk telekom', 'turk-telekom'],
    ['at&t', 'att'],
    ['disney+', 'disney-plus'],
  ])('"%s" finds %s whatever the spaces, accents and signs', (query, slug) => {
    expect(slugs(query)[0]).toBe(slug)
  })

  test.each([
    ['vodafone germany', 'vodafone-germany'],
    ['vodafone italia', 'vodafone-italy'],
    ['vodafone DE', 'vodafone-germany'],
    ['orange españa', 'orange-spain'],
  ])('"%s" finds %s by its country, in English or as it is called there', (query, slug) => {
    expect(slugs(query)[0]).toBe(slug)
  })

  test.each([
    ['de', 'DE', 'vodafone-germany'],
    ['nl', 'NL', 'vodafone-netherlands'],
    ['it', 'IT', 'vodafone-italy'],
  ])('among equals, the one of the visitor’s country comes first (%s)', (_, country, slug) => {
    expect(slugs('vodafone', { country })[0]).toBe(slug)
  })

  test.each(['is facebook down?', 'facebook not working', 'why is facebook down', 'facebook störung'])(
    '"%s" is a question about Facebook',
    (query) => {
      expect(slugs(query)[0]).toBe('facebook')
    },
  )

  test('the beginning of a name is enough', () => {
    expect(slugs('disc')[0]).toBe('discord')
    expect(slugs('insta').slice(0, 2)).toEqual(['instagram', 'instacart'])
  })

  test('words that no service has all of still find the one that has most', () => {
    expect(slugs('vodafone kabel router')[0]).toBe('vodafone-germany')
  })

  test.each(['', '   ', '???', 'is it down', 'zzzzqq', '\u0000'])('"%s" finds nothing', (query) => {
    expect(slugs(query)).toEqual([])
  })

  test('every service comes first for its slug, and at least second for its name', () => {
    const lost = BUILT_IN_SERVICES.filter(
      ({ name, slug }) => slugs(slug)[0] !== slug || !slugs(name).slice(0, 2).includes(slug),
    )
    expect(lost.map(({ slug, name }) => `${slug} (${name})`)).toEqual([])
  })

  test('gives as many as asked for', () => {
    expect(slugs('google', { limit: 3 })).toHaveLength(3)
  })
})

describe('a search that is kept', () => {
  const row = (slug: string, name: string, updatedAt = 0): ServiceEntry & { updatedAt: Date } => ({
    ...BUILT_IN_SERVICES[0]!,
    slug,
    name,
    aliases: [],
    updatedAt: new Date(updatedAt),
  })

  test('follows the catalogue when a service is added, renamed or gone', () => {
    const search = createServiceSearch()
    const find = (services: (ServiceEntry & { updatedAt: Date })[], query: string) =>
      search(services, query).map(({ slug }) => slug)

    expect(find([row('one', 'Alpha')], 'alpha')).toEqual(['one'])
    expect(find([row('one', 'Alpha'), row('two', 'Beta')], 'beta')).toEqual(['two'])
    expect(find([row('one', 'Gamma', 1), row('two', 'Beta')], 'gamma')).toEqual(['one'])
    expect(find([row('one', 'Gamma', 1), row('two', 'Beta')], 'alpha')).toEqual([])
    expect(find([row('two', 'Beta')], 'gamma')).toEqual([])
  })
})

import { describe, expect, test } from 'vitest'
import { BUILT_IN_SERVICES } from '../../src/service/catalogue/built-in.ts'
import { didYouMean } from '../../src/service/did-you-mean.ts'

const suggest = (slug: string) => didYouMean(slug, BUILT_IN_SERVICES)

describe('did you mean', () => {
  test.each([
    ['gihub', 'github'],
    ['exchnage-online', 'exchange-online'],
    ['chatgtp', 'chatgpt'],
    ['facebok', 'facebook'],
    ['slak', 'slack'],
    ['microsoft-team', 'microsoft-teams'],
    ['utlook-com', 'outlook-com'],
  ])('%s, with a slip, means %s', (slug, meant) => {
    expect(suggest(slug)[0]).toBe(meant)
  })

  test.each([
    ['xbox', 'xbox-network'],
    ['exchange', 'exchange-online'],
    ['psn', 'playstation-network'],
    ['github-com', 'github'],
  ])('%s, another name or a part of one, means %s', (slug, meant) => {
    expect(suggest(slug)[0]).toBe(meant)
  })

  test('an alias of several services means each of them, and nothing that only sounds alike', () => {
    expect(suggest('outlook').toSorted()).toEqual(['exchange-online', 'outlook-com'])
  })

  test('there are never more than three suggestions', () => {
    expect(suggest('vodafone')).toHaveLength(3)
  })

  test.each(['', '---', 'abc', 'zzz', 'test', 'foo', 'my-intranet', 'no-such-service', 'a'.repeat(64), '../../etc'])(
    '"%s" means nothing that we know',
    (slug) => {
      expect(suggest(slug)).toEqual([])
    },
  )
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Json, sha256 } from '../../src/record/canonical.ts'

test('the example of RFC 8785, section 3.2.2 and 3.2.3, gives its canonical text', () => {
  const value = JSON.parse(`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"/",
    "literals": [null, true, false]
  }`)
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
})

test('members are sorted by UTF-16 code units, as in RFC 8785, section 3.2.3', () => {
  const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 }
  const values = [...canonicalJson(value).matchAll(/:(\d)/g)].map(([, digit]) => Number(digit))
  expect(values).toEqual([2, 4, 6, 7, 1, 5, 3])
})

test('what JSON cannot hold is refused', () => {
  expect(() => canonicalJson(Number.NaN)).toThrow(RangeError)
  expect(() => canonicalJson([Number.POSITIVE_INFINITY])).toThrow(RangeError)
  expect(() => canonicalJson({ a: '\ud800' })).toThrow(RangeError)
})

test('SHA-256 of "abc" is that of FIPS 180-2, appendix B.1', async () => {
  expect(await sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('the same data in any order of members have one text, which reads back as the data', () => {
  const shuffled = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(shuffled)
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, member]) => [key, shuffled(member)]),
    )
  }
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const json = JSON.parse(JSON.stringify(value)) as Json
      fc.pre(JSON.stringify(json).isWellFormed())
      const text = canonicalJson(json)
      expect(canonicalJson(shuffled(json))).toBe(text)
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(json)))
    }),
  )
})

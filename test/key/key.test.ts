import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bearerOf,
  constantTimeEqual,
  crc32,
  formatKey,
  hashKey,
  hintOf,
  isWellFormedKey,
  KEY_RANDOM_BYTES,
  lookupOf,
} from '../../src/key/key.ts'

const randomBytes = fc.uint8Array({ minLength: KEY_RANDOM_BYTES, maxLength: KEY_RANDOM_BYTES })

test('the checksum is CRC-32: its check value for "123456789" is the published one', () => {
  expect(crc32('123456789')).toBe(0xcbf43926)
  expect(crc32('')).toBe(0)
})

test('every key has the same length and start, and is well formed', () => {
  fc.assert(
    fc.property(randomBytes, (bytes) => {
      const key = formatKey(bytes)
      expect(key).toMatch(/^outcry_live_[0-9A-Za-z]{33}$/)
      expect(isWellFormedKey(key)).toBe(true)
    }),
  )
})

test('different randomness gives different keys', () => {
  fc.assert(
    fc.property(randomBytes, randomBytes, (a, b) => {
      expect(formatKey(a) === formatKey(b)).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0)
    }),
  )
})

test('one mistyped character is always noticed', () => {
  fc.assert(
    fc.property(randomBytes, fc.integer({ min: 12, max: 44 }), fc.constantFrom(...'aZ09kQ'), (bytes, at, character) => {
      const key = formatKey(bytes)
      fc.pre(key[at] !== character)
      expect(isWellFormedKey(key.slice(0, at) + character + key.slice(at + 1))).toBe(false)
    }),
  )
})

test.each(['', 'outcry_live_', 'outcry_test_0000000000000000000000000000000000', 'ghp_abc', `${'x'.repeat(5000)}`])(
  'what is no key is told apart without a look at the database: %s',
  (text) => {
    expect(isWellFormedKey(text)).toBe(false)
  },
)

test('too little randomness is refused', () => {
  expect(() => formatKey(new Uint8Array(8))).toThrow(RangeError)
})

test('what is stored is SHA-256 (FIPS 180-2, "abc")', async () => {
  expect(await hashKey('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(lookupOf(await hashKey('abc'))).toBe('ba7816bf8f01cfea')
})

test('a list shows enough of a key to recognise it and too little to use it', () => {
  const key = formatKey(new Uint8Array(KEY_RANDOM_BYTES).fill(7))
  expect(key.startsWith(hintOf(key).slice(0, -1))).toBe(true)
  expect(hintOf(key)).toHaveLength('outcry_live_'.length + 5)
})

test('comparison agrees with equality', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (a, b) => constantTimeEqual(a, b) === (a === b)))
  fc.assert(fc.property(fc.string(), (a) => constantTimeEqual(a, `${a}`)))
})

test.each([
  ['Bearer abc', 'abc'],
  ['bearer   abc ', 'abc'],
  ['Basic abc', null],
  ['Bearer', null],
  ['Bearer a b', null],
  [undefined, null],
])('the token of "%s" is %s', (header, token) => {
  expect(bearerOf(header)).toBe(token)
})

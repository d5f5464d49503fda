import { describe, expect, test } from 'vitest'
import { briefWords } from '../../../web/strings/briefs.ts'
import { LANGUAGES } from '../../../web/strings/language.ts'
import { methodWords } from '../../../web/strings/methods.ts'
import { recordStrings } from '../../../web/strings/records.ts'

/** Every text of a catalogue by its path. */
function textsOf(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]])
  return new Map(
    Object.entries(node as Record<string, unknown>).flatMap(([key, value]) => [...textsOf(value, `${path}.${key}`)]),
  )
}

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other']

function isPlural(node: object): node is Record<string, string> {
  const keys = Object.keys(node)
  return keys.includes('other') && keys.every((key) => FORMS.includes(key))
}

function pluralsOf(node: unknown): Record<string, string>[] {
  if (typeof node !== 'object' || node === null) return []
  return isPlural(node) ? [node] : Object.values(node).flatMap(pluralsOf)
}

const slotsOf = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()

describe.each(LANGUAGES)('the words of the record in %s', (language) => {
  const catalogues = [
    [recordStrings.en, recordStrings[language]],
    [briefWords.en, briefWords[language]],
    [methodWords.en, methodWords[language]],
  ] as const

  test('have the slots of the English ones, so that no fact is lost', () => {
    for (const [english, own] of catalogues) {
      const texts = textsOf(own)
      for (const [path, text] of textsOf(english)) {
        if (/\.(zero|one|two|few|many)$/.test(path)) continue
        expect([path, slotsOf(texts.get(path)!)]).toEqual([path, slotsOf(text)])
      }
    }
  })

  test('tell the method in as many paragraphs, none much shorter', () => {
    for (const [path, text] of textsOf(methodWords.en.prose)) {
      const own = textsOf(methodWords[language].prose).get(path)!
      // A letter of Japanese says about as much as two and a half of the others.
      const length = own.length * (language === 'ja' ? 2.5 : 1)
      expect([path, length > text.length * 0.6]).toEqual([path, true])
    }
    expect(methodWords[language].biases).toHaveLength(methodWords.en.biases.length)
  })

  test('have a form for each kind of number that the language knows, or one for all', () => {
    const kinds = new Intl.PluralRules(language === 'pt' ? 'pt-BR' : language).resolvedOptions().pluralCategories
    for (const [, own] of catalogues)
      for (const plural of pluralsOf(own)) {
        const forms = Object.keys(plural)
        if (forms.length > 1) expect(forms.sort()).toEqual([...kinds].sort())
      }
  })

  test('say nothing in English that the language has words for', () => {
    if (language === 'en') return
    for (const [words, own] of catalogues) {
      const english = textsOf(words)
      expect([...textsOf(own)].filter(([path, text]) => text.length > 20 && english.get(path) === text)).toEqual([])
    }
  })
})

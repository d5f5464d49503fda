import { describe, expect, test } from 'vitest'
import { catalogues } from '../../../web/strings/catalogues.ts'
import { tagOf } from '../../../web/strings/instants.ts'
import { LANGUAGES } from '../../../web/strings/language.ts'

type Entry = { path: string; forms: Record<string, string>; isPlural: boolean }

function entriesOf(value: unknown, path = ''): Entry[] {
  if (typeof value === 'string') return [{ path, forms: { other: value }, isPlural: false }]
  const members = Object.entries(value as Record<string, unknown>)
  if (isPlural(value)) return [{ path, forms: value, isPlural: true }]
  return members.flatMap(([key, member]) => entriesOf(member, path ? `${path}.${key}` : key))
}

const FORMS = ['zero', 'one', 'two', 'few', 'many', 'other']

function isPlural(value: unknown): value is Record<string, string> {
  const keys = Object.keys(value as object)
  return keys.includes('other') && keys.every((key) => FORMS.includes(key))
}

const slotsOf = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).filter((name) => name !== 'count')

const english = entriesOf(catalogues.en)

describe.each(LANGUAGES)('the words in %s', (language) => {
  const entries = new Map(entriesOf(catalogues[language]).map((entry) => [entry.path, entry]))

  test('are all there, and none is left over', () => {
    expect([...entries.keys()].sort()).toEqual(english.map(({ path }) => path).sort())
  })

  test('have the slots of the English ones, in every plural form', () => {
    for (const { path, forms } of english) {
      const wanted = [...new Set(slotsOf(forms.other!))].sort()
      for (const [form, text] of Object.entries(entries.get(path)!.forms)) {
        if (text === '') continue
        expect([...new Set(slotsOf(text))].sort(), `${path}.${form}`).toEqual(wanted)
      }
    }
  })

  test('have each plural form that the language tells apart', () => {
    const { pluralCategories } = new Intl.PluralRules(tagOf(language)).resolvedOptions()
    for (const { path, forms, isPlural } of entries.values())
      if (isPlural) expect(Object.keys(forms), path).toEqual(expect.arrayContaining(pluralCategories))
  })

  test('say the number in the form for many', () => {
    for (const { path, forms, isPlural } of entries.values())
      if (isPlural) expect(forms.other, path).toMatch(/\{(count|reports)\}/)
  })
})

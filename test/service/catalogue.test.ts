import { describe, expect, test } from 'vitest'
import { BUILT_IN_SERVICES } from '../../src/service/catalogue/built-in.ts'
import { CATEGORIES, squeezeText } from '../../src/service/service.ts'
import { ServiceInput } from '../../src/service/service-schema.ts'

const bySlug = new Map(BUILT_IN_SERVICES.map((service) => [service.slug, service]))

function duplicates(items: string[]): string[] {
  return items.filter((item, index) => items.indexOf(item) !== index)
}

describe('the built-in catalogue', () => {
  test('has at least 330 services, each with a slug of its own', () => {
    expect(BUILT_IN_SERVICES.length).toBeGreaterThanOrEqual(330)
    expect(duplicates(BUILT_IN_SERVICES.map(({ slug }) => slug))).toEqual([])
  })

  test('is what an operator may import, unchanged', () => {
    const changed = BUILT_IN_SERVICES.filter(
      (service) => JSON.stringify(ServiceInput.parse(service)) !== JSON.stringify(service),
    )
    expect(changed.map(({ slug }) => slug)).toEqual([])
  })

  test('has no two services of one name', () => {
    expect(duplicates(BUILT_IN_SERVICES.map(({ name }) => squeezeText(name)))).toEqual([])
  })

  test('fills every category but the one for what operators add', () => {
    const used = new Set(BUILT_IN_SERVICES.map(({ category }) => category))
    expect(CATEGORIES.filter((category) => !used.has(category))).toEqual(['other'])
  })

  test('says of each service what people report on', () => {
    expect(BUILT_IN_SERVICES.filter(({ features }) => features.length === 0)).toEqual([])
  })

  test('depends only on services that it has, and never in a circle', () => {
    const circles: string[] = []
    const unknown: string[] = []
    const visit = (slug: string, path: string[]) => {
      if (path.includes(slug)) return circles.push([...path, slug].join(' > '))
      for (const next of bySlug.get(slug)?.dependsOn ?? []) {
        if (bySlug.has(next)) visit(next, [...path, slug])
        else unknown.push(`${slug} > ${next}`)
      }
    }
    for (const { slug } of BUILT_IN_SERVICES) visit(slug, [])
    expect({ circles, unknown }).toEqual({ circles: [], unknown: [] })
  })

  test('uses codes of countries that exist', () => {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
    const wrong = BUILT_IN_SERVICES.flatMap(({ slug, countries }) =>
      countries.filter((country) => names.of(country) === undefined).map((country) => `${slug} ${country}`),
    )
    expect(wrong).toEqual([])
  })

  test('knows three or more carriers in each of at least 15 countries', () => {
    const carriers = new Map<string, number>()
    for (const { category, countries } of BUILT_IN_SERVICES) {
      if (category !== 'carriers-and-broadband') continue
      for (const country of countries) carriers.set(country, (carriers.get(country) ?? 0) + 1)
    }
    expect([...carriers.values()].filter((count) => count >= 3).length).toBeGreaterThanOrEqual(15)
  })

  test('links over https', () => {
    const links = BUILT_IN_SERVICES.flatMap(({ homepage, statusPage }) => [homepage, statusPage?.url ?? homepage])
    expect(links.filter((link) => !link.startsWith('https://'))).toEqual([])
  })
})

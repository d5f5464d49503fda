import MiniSearch from 'minisearch'
import { keysOf, slipsTo } from './did-you-mean.ts'
import { foldText, type ServiceEntry, squeezeText } from './service.ts'

export type Searchable = Pick<ServiceEntry, 'slug' | 'name' | 'aliases' | 'countries'>

export interface SearchOptions {
  limit?: number
  /** ISO 3166-1 code of where the visitor is: services of that country come first among equals. */
  country?: string | null
}

export interface ServiceSearch<T> {
  /** The likeliest first; an empty or meaningless query finds nothing. */
  find(query: string, options?: SearchOptions): T[]
}

/** How a service was found: a lower number stands before any higher one. */
const FOUND = { byItsName: 0, byItsBeginning: 1, despiteSlips: 2, byWords: 3 } as const

/** People type "is facebook down"; these words tell nothing about which service, unless they are its name. */
const WORDS_ABOUT_TROUBLE = new Set(
  'is are it the my why down outage outages status problem problems issue issues not working work broken offline storung storungen kaputt panne caido caida fora ar hs'.split(
    ' ',
  ),
)

/** Weights against the weakest hits of a long query where not all words fit. */
const LEAST_SHARE_OF_BEST = 0.5

/** Names of more countries than this would make a service appear for all of them. */
const MOST_COUNTRIES_NAMED = 5

/** Prepares a search over name, aliases and slug that forgives typing errors. Costs some milliseconds per thousand services. */
export function indexServices<T extends Searchable>(services: readonly T[]): ServiceSearch<T> {
  const words = new MiniSearch<{ id: number; name: string; aliases: string; slug: string; places: string }>({
    fields: ['name', 'aliases', 'slug', 'places'],
    tokenize: (text) => foldText(text).split(' '),
    processTerm: (term) => term || null,
    searchOptions: {
      boost: { name: 3, aliases: 2, slug: 2, places: 1 },
      prefix: (term) => term.length >= 2,
      fuzzy: (term) => (term.length >= 7 ? 2 : term.length >= 4 ? 1 : false),
      weights: { fuzzy: 0.3, prefix: 0.6 },
      combineWith: 'AND',
    },
  })
  words.addAll(
    services.map((service, id) => ({
      id,
      name: service.name,
      aliases: service.aliases.join('\n'),
      slug: service.slug,
      places: placesOf(service.countries),
    })),
  )
  const byKey = new Map<string, number[]>()
  for (const [id, service] of services.entries()) {
    for (const key of keysOf(service)) byKey.set(key, [...(byKey.get(key) ?? []), id])
  }

  const find = (query: string, { limit = 20, country = null }: SearchOptions = {}): T[] => {
    const asked = foldText(query)
    const text = byKey.has(squeezeText(asked)) ? asked : withoutTrouble(asked)
    const typed = squeezeText(text)
    if (typed === '') return []

    const found = new Map<number, { tier: number; score: number }>()
    const add = (id: number, tier: number, score: number) => {
      if (!found.has(id)) found.set(id, { tier, score })
    }
    for (const id of byKey.get(typed) ?? []) add(id, FOUND.byItsName, isNamed(services[id]!, typed) ? 1 : 0)
    for (const [key, ids] of byKey) {
      if (typed.length >= 2 && key.startsWith(typed)) {
        for (const id of ids) add(id, FOUND.byItsBeginning, typed.length / key.length)
      }
    }
    if (found.size === 0) {
      for (const [id, service] of services.entries()) {
        const slips = slipsTo(keysOf(service), typed)
        if (slips !== null) add(id, FOUND.despiteSlips, -slips)
      }
    }
    for (const { id, score } of findWords(words, text, found.size === 0)) add(id as number, FOUND.byWords, score)

    return [...found]
      .map(([id, hit]) => ({ ...hit, service: services[id]!, nearness: nearnessOf(services[id]!, country) }))
      .sort(
        (a, b) =>
          a.tier - b.tier ||
          (a.tier === FOUND.byWords ? b.score - a.score : 0) ||
          b.nearness - a.nearness ||
          b.score - a.score ||
          (a.service.slug < b.service.slug ? -1 : 1),
      )
      .slice(0, limit)
      .map(({ service }) => service)
  }
  return { find }
}

/** Keeps the index of a catalogue until the catalogue changes. */
export function createServiceSearch<T extends Searchable & { updatedAt: Date }>() {
  let indexed: readonly T[] = []
  let search = indexServices<T>(indexed)
  return (services: readonly T[], query: string, options?: SearchOptions): T[] => {
    if (!isSameCatalogue(indexed, services)) {
      search = indexServices(services)
      indexed = services
    }
    return search.find(query, options)
  }
}

function isSameCatalogue<T extends Searchable & { updatedAt: Date }>(a: readonly T[], b: readonly T[]): boolean {
  if (a.length !== b.length) return false
  return a.every((service, i) => {
    const other = b[i]!
    return service === other || (service.slug === other.slug && +service.updatedAt === +other.updatedAt)
  })
}

/** @param mayMiss whether services count that do not have all of the words, when none has */
function findWords(words: MiniSearch, text: string, mayMiss: boolean): { id: unknown; score: number }[] {
  const all = words.search(text)
  if (all.length > 0 || !mayMiss || !text.includes(' ')) return all
  const some = words.search(text, { combineWith: 'OR' })
  return some.filter(({ score }) => score >= some[0]!.score * LEAST_SHARE_OF_BEST)
}

function withoutTrouble(text: string): string {
  return text
    .split(' ')
    .filter((word) => !WORDS_ABOUT_TROUBLE.has(word))
    .join(' ')
}

function isNamed(service: Searchable, typed: string): boolean {
  return squeezeText(service.name) === typed || squeezeText(service.slug) === typed
}

function nearnessOf({ countries }: Searchable, country: string | null): number {
  if (countries.length === 0) return 1
  if (country === null) return 0
  return countries.includes(country) ? 2 : 0
}

/** Names of countries, in English and as they are called there: "vodafone italia" finds the Italian one. */
function placesOf(countries: string[]): string {
  if (countries.length > MOST_COUNTRIES_NAMED) return ''
  return countries.flatMap((country) => [country, ...namesOf(country)]).join('\n')
}

const namesOfCountries = new Map<string, string[]>()

function namesOf(country: string): string[] {
  let names = namesOfCountries.get(country)
  if (!names) {
    const language = new Intl.Locale(`und-${country}`).maximize().language
    names = ['en', language].map((spoken) => new Intl.DisplayNames(spoken, { type: 'region' }).of(country) ?? country)
    namesOfCountries.set(country, names)
  }
  return names
}

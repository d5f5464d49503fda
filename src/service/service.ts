/** What a service is for. Closed, so that every language has a label for each; the order is that of the home page. */
export const CATEGORIES = [
  'mail-and-office',
  'messaging',
  'social',
  'carriers-and-broadband',
  'cloud-and-cdn',
  'developer-tools',
  'ai',
  'business-tools',
  'security-and-identity',
  'payments-and-banks',
  'shops',
  'food-and-delivery',
  'airlines-and-travel',
  'video',
  'music',
  'games',
  'devices-and-home',
  'news-and-knowledge',
  'education',
  'public-services',
  'other',
] as const

export type Category = (typeof CATEGORIES)[number]

/**
 * How an official status page can be read by a program. The address of a page is the one for people; where programs read
 * follows from the format.
 */
export const STATUS_PAGE_FORMATS = [
  // `/api/v2/summary.json`; incident.io and others answer in the same shape.
  'atlassian-statuspage',
  // `/summary.json`
  'instatus',
  // `/index.json`
  'better-stack',
  // Its API wants an id that the address does not hold.
  'status-io',
  // `/incidents.json`
  'google',
  // `https://health.aws.amazon.com/public/currentevents`
  'aws',
  // `/feed/`
  'azure-rss',
  // `/api/v2.0.0/current`
  'slack',
  // `/api/v4/current-status`
  'heroku',
  // `https://www.apple.com/support/systemstatus/data/system_status_en_US.js`
  'apple',
  // The address itself is a feed.
  'rss',
  // Only people can read it.
  'html',
] as const

export type StatusPageFormat = (typeof STATUS_PAGE_FORMATS)[number]

export interface StatusPage {
  url: string
  format: StatusPageFormat
}

/** A service as the catalogue describes it, whole. */
export interface ServiceEntry {
  /** In addresses and in the API for ever: lower-case words with hyphens. */
  slug: string
  name: string
  /** What else people type when they mean it. */
  aliases: string[]
  category: Category
  homepage: string
  statusPage: StatusPage | null
  /** Parts that can fail by themselves, such as "receive mail". */
  features: string[]
  /** ISO 3166-1 alpha-2 codes of where it mainly operates; empty means worldwide. */
  countries: string[]
  /** Slugs of services that take it down with them when they fail. */
  dependsOn: string[]
  /** Whether people can report on it; a retired service keeps its history. */
  isActive: boolean
}

export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
export const SLUG_MAX_LENGTH = 64

const LETTERS_WITHOUT_DECOMPOSITION: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
}

/** Text as it is compared: lower case, without diacritics, words parted by single spaces. "Société Générale" is "societe generale". */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøđðþłı]/g, (letter) => LETTERS_WITHOUT_DECOMPOSITION[letter] ?? letter)
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** As `foldText`, without the spaces too, so that "face book" is "facebook". */
export function squeezeText(text: string): string {
  return foldText(text).replaceAll(' ', '')
}

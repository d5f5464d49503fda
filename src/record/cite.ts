/** What a citation names. */
export interface Citable {
  /** Stable and short, of letters, digits and hyphens: `incident-…`, `snapshot-…`. */
  id: string
  title: string
  url: string
  /** Milliseconds since the epoch: the moment of the numbers, or of freezing. */
  issuedAt: number
  /** Milliseconds since the epoch; `null` for what never changes. */
  accessedAt: number | null
  version: string
}

export interface Citations {
  plain: string
  bibtex: string
  /** One item of CSL-JSON 1.0.2, as text. */
  csl: string
  html: string
}

export const CREDIT = 'Outcry, reports by visitors'
export const LICENCE = { name: 'CC BY 4.0', spdx: 'CC-BY-4.0', url: 'https://creativecommons.org/licenses/by/4.0/' }

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)
const minute = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** A source as reference lists want it. */
export function citationsOf(citable: Citable): Citations {
  const { id, title, url, issuedAt, accessedAt, version } = citable
  const accessed = accessedAt === null ? '' : ` Accessed ${minute(accessedAt)}.`
  const plain = `Outcry (${day(issuedAt).slice(0, 4)}). ${title}. Data set, as of ${minute(issuedAt)}, method version ${version}. ${LICENCE.name}. ${url}`
  return {
    plain: accessed === '' ? plain : `${plain}.${accessed}`,
    bibtex: bibtex(citable),
    csl: JSON.stringify(
      {
        id,
        type: 'dataset',
        title,
        author: [{ literal: 'Outcry' }],
        issued: { 'date-parts': [datePartsOf(issuedAt)] },
        ...(accessedAt === null ? {} : { accessed: { 'date-parts': [datePartsOf(accessedAt)] } }),
        version,
        license: LICENCE.spdx,
        URL: url,
      },
      null,
      2,
    ),
    html: `<cite><a href="${inHtml(url)}">${inHtml(title)}</a></cite>, Outcry, as of <time datetime="${new Date(issuedAt).toISOString()}">${minute(issuedAt)}</time>, <a href="${LICENCE.url}">${LICENCE.name}</a>`,
  }
}

function datePartsOf(ms: number): number[] {
  return day(ms).split('-').map(Number)
}

function bibtex({ id, title, url, issuedAt, accessedAt, version }: Citable): string {
  const fields: [string, string][] = [
    ['author', '{Outcry}'],
    ['title', `{${inBibtex(title)}}`],
    ['year', day(issuedAt).slice(0, 4)],
    ['date', day(issuedAt)],
    ['version', inBibtex(version)],
    ['url', url],
    ...(accessedAt === null ? [] : [['urldate', day(accessedAt)] as [string, string]]),
    ['note', `As of ${minute(issuedAt)}. ${LICENCE.name}`],
  ]
  return `@misc{${id},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}`
}

const TEX: Record<string, string> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' }

function inBibtex(text: string): string {
  return text.replace(/[\\{}&%$#_~^]/g, (character) => TEX[character] ?? `\\${character}`)
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function inHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character]!)
}

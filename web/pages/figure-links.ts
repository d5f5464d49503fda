import type { FigureLink } from './figure.tsx'

/** The files of a figure, at its own path with another ending. */
export function fileLinks(path: string, isPicture = true): FigureLink[] {
  const [base, query] = path.split('?')
  const at = (ending: string) => `${base}.${ending}${query === undefined ? '' : `?${query}`}`
  const endings = isPicture ? ['csv', 'json', 'png', 'svg'] : ['csv', 'json']
  return endings.map((ending) => ({ text: ending.toUpperCase(), href: at(ending) }))
}

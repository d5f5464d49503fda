import { type Citable, citationsOf } from '../../src/record/cite.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'

/** How to cite a page: four forms, each folded away until asked for. */
export function Citation({ citable, locale }: { citable: Citable; locale: Locale }) {
  const words = recordStrings[locale.language].incident
  const { plain, bibtex, csl, html } = citationsOf(citable)
  const forms: [string, string][] = [
    [words.citePlain, plain],
    ['BibTeX', bibtex],
    ['CSL-JSON', csl],
    ['HTML', html],
  ]
  return (
    <>
      {forms.map(([name, text], index) => (
        <details class="citation" open={index === 0}>
          <summary>{name}</summary>
          <pre dir="ltr" tabindex={0}>
            {text}
          </pre>
        </details>
      ))}
    </>
  )
}

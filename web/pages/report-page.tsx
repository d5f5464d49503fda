import { countryCodes } from '../../src/region/region.ts'
import { ERROR_TYPES, type ErrorType } from '../../src/report/error-type.ts'
import type { Locale } from '../strings/format.ts'
import { fill } from '../strings/spans.ts'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** Values of the field `region` that are no region. */
export const PLACE_GUESSED = 'guess'
export const PLACE_WITHHELD = 'withheld'

/** The field that people do not see and programs fill in. */
export const TRAP_FIELD = 'website'

export interface ReportPageProps {
  frame: Frame
  service: { slug: string; name: string }
  /** What was wrong with the last attempt, if it was refused. */
  refusal: string | null
}

/**
 * `/s/{slug}/report`: each card sends at once, so that a report is two taps from the service page and no answer is chosen
 * beforehand.
 */
export function ReportPage({ frame, service, refusal }: ReportPageProps) {
  const { locale } = frame
  const words = locale.strings.report
  const path = hrefIn(frame, `/s/${service.slug}`)
  const title = fill(words.title, { service: service.name })
  return (
    <Layout
      frame={frame}
      title={title}
      description={fill(locale.strings.service.description, { service: service.name })}
      islands={['place-guess.js']}
      hasPlainFont
      hasSearch={false}
    >
      <form class="report-form" method="post" action={`${path}/report`}>
        <h1>{title}</h1>
        {refusal && (
          <p class="notice" role="alert">
            {refusal}
          </p>
        )}
        <fieldset class="cards">
          <legend class="lede">{words.tap}</legend>
          {ERROR_TYPES.map((type) => (
            <ErrorCard type={type} locale={locale} />
          ))}
        </fieldset>
        <PlaceField locale={locale} />
        <p class="hidden-text" aria-hidden="true">
          <label>
            {words.trap}
            <input type="text" name={TRAP_FIELD} tabindex={-1} autocomplete="off" />
          </label>
        </p>
        <div class="actions">
          <button class="button button-small" name="kind" value="ok" type="submit">
            {words.works}
          </button>
          <a class="button button-small" href={path}>
            {fill(words.back, { service: service.name })}
          </a>
        </div>
      </form>
      <p class="fine-print section">
        {words.kept} <a href={hrefIn(frame, '/privacy')}>{locale.strings.site.privacy}</a>
      </p>
    </Layout>
  )
}

function ErrorCard({ type, locale }: { type: ErrorType; locale: Locale }) {
  return (
    <button class="card" name="errorType" value={type} type="submit">
      {locale.strings.errorType[type]}
      <small>{locale.strings.errorHint[type]}</small>
    </button>
  )
}

function PlaceField({ locale }: { locale: Locale }) {
  const words = locale.strings.report
  const countries = countryCodes()
    .map((code) => ({ code, name: locale.region(code) }))
    .sort((a, b) => locale.compare(a.name, b.name))
  return (
    <div class="place-row">
      <label for="region">{words.place}</label>
      <select id="region" name="region" data-guessed={words.placeGuessed} autocomplete="off">
        <option value={PLACE_GUESSED}>{words.placeGuess}</option>
        <option value={PLACE_WITHHELD}>{words.placeWithhold}</option>
        {countries.map(({ code, name }) => (
          <option value={code}>{name}</option>
        ))}
      </select>
    </div>
  )
}

import type { IncidentRecord } from '../../src/record/incident-record.ts'
import type { Locale } from '../strings/format.ts'
import { recordStrings } from '../strings/records.ts'
import { fill } from '../strings/spans.ts'
import { Instant } from './text.tsx'

/** The provider's own words, whole, oldest first. */
export function OfficialUpdates(props: { record: IncidentRecord; statusPage: string | null; locale: Locale }) {
  const { record, statusPage, locale } = props
  const words = recordStrings[locale.language].incident
  return (
    <>
      {record.providerUpdates.length === 0 && <p>{words.officialNone}</p>}
      <ol class="timeline">
        {record.providerUpdates.map(({ at, status, text, cause, workaround, sourceUrl }) => (
          <li>
            <Instant at={at} locale={locale} />
            <div>
              <strong>{words.officialStates[status]}</strong>
              <p>{text}</p>
              {cause && <p>{fill(words.cause, { text: cause })}</p>}
              {workaround && <p>{fill(words.workaround, { text: workaround })}</p>}
              {sourceUrl && (
                <p>
                  <a href={sourceUrl} rel="noopener nofollow">
                    {words.source}
                  </a>
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
      {statusPage && (
        <p>
          <a href={statusPage} rel="noopener nofollow">
            {words.officialPage}
          </a>
        </p>
      )}
    </>
  )
}

import { describeTrend } from '../../web/charts/trend.ts'
import { trendTitle } from '../../web/pages/trend-figure.tsx'
import { trendOf } from '../../web/record/trend-of.ts'
import { briefText, writeBrief } from '../../web/record/write-brief.ts'
import { localeOf } from '../../web/strings/format.ts'
import { LANGUAGES } from '../../web/strings/language.ts'
import type { Timeseries } from '../count/timeseries.ts'
import type { IncidentRecord } from './incident-record.ts'
import type { SnapshotTexts } from './take-snapshot.ts'

/** What is said of an incident, in every language. */
export function incidentTexts(record: IncidentRecord): { title: string; texts: SnapshotTexts } {
  const briefs = LANGUAGES.map((language) => writeBrief(record, language))
  return {
    title: briefs.find(({ language }) => language === 'en')!.headline,
    texts: Object.fromEntries(
      briefs.map((brief) => [
        brief.language,
        { headline: brief.headline, text: briefText(brief).split('\n\n').slice(1).join('\n\n'), safe: brief.safe },
      ]),
    ),
  }
}

/** What is said of a service's chart, in every language. */
export function chartTexts(series: Timeseries, name: string): { title: string; texts: SnapshotTexts } {
  const trend = trendOf(series)
  const texts = Object.fromEntries(
    LANGUAGES.map((language) => {
      const locale = localeOf(language)
      const text = describeTrend(trend, locale)
      return [
        language,
        { headline: `${name}: ${trendTitle(trend, series.region, locale)}`, text, safe: `${name}: ${text}` },
      ]
    }),
  )
  return { title: texts.en!.headline, texts }
}

import type { Locale } from '../strings/format.ts'
import type { InstantForm, Spans } from '../strings/spans.ts'

/** A sentence in pieces, as HTML. */
export function Text({ of, tone }: { of: Spans; tone?: string }) {
  return (
    <>
      {of.map((span) => {
        if (typeof span === 'string') return span
        if ('strong' in span) return <strong>{span.strong}</strong>
        if ('emphasis' in span) return <em class={tone}>{span.emphasis}</em>
        if ('quote' in span) return <bdi>{span.quote}</bdi>
        if ('link' in span) return <a href={span.href}>{span.link}</a>
        return (
          <time datetime={new Date(span.at).toISOString()} data-form={span.form}>
            {span.text}
          </time>
        )
      })}
    </>
  )
}

/** An instant; the reader's browser rewrites it into their zone, so the zone is named once, at the foot of the page. */
export function Instant({ at, locale, form = 'dateTime' }: { at: number; locale: Locale; form?: InstantForm }) {
  return (
    <time datetime={new Date(at).toISOString()} data-form={form}>
      {locale[form](at)}
    </time>
  )
}

import type { Locale } from '../strings/format.ts'
import { fillSpans } from '../strings/spans.ts'
import { Text } from './text.tsx'

/** When the numbers are from; the browser's script turns it into "20 s ago" and says when it pauses. */
export function Kicker({ asOf, locale }: { asOf: number; locale: Locale }) {
  const words = locale.strings.site
  const time = { at: asOf, text: locale.dateTime(asOf), form: 'dateTime' } as const
  return (
    <p class="kicker">
      <span class="dot" aria-hidden="true" />
      <span
        data-status
        data-as-of={asOf}
        data-updated={words.updated}
        data-paused={words.paused}
        data-offline={words.offline}
      >
        <Text of={fillSpans(words.updated, { time })} /> <span data-zone="{zone}">{locale.zoneName}</span>
      </span>
    </p>
  )
}

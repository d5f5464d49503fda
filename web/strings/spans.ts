/** A piece of a sentence: plain, weighty (`strong`), its point (`emphasis`), a quote, a link, or an instant that the reader's zone may rewrite. */
export type Span =
  | string
  | { strong: string }
  | { emphasis: string }
  // Somebody else's words, perhaps of another direction.
  | { quote: string }
  | { link: string; href: string }
  | { at: number; text: string; form: InstantForm }

/** How an instant is written; `clock` is the time with its zone. */
export type InstantForm = 'time' | 'clock' | 'dateTime' | 'date'

/** A sentence in pieces, so that the same words serve a page, a title and a picture's description. */
export type Spans = Span[]

/**
 * Puts values into the `{slots}` of a template; a slot without a value stays as written, which a test would see. Where a value ends
 * with the point of an abbreviation and the sentence with it, one point does for both.
 */
export function fillSpans(template: string, slots: Record<string, Span | Spans>): Spans {
  const spans: Spans = []
  let hasPoint = false
  for (const [index, piece] of template.split(/\{(\w+)\}/).entries()) {
    if (index % 2 === 0) {
      const text = hasPoint && piece.startsWith('.') ? piece.slice(1) : piece
      if (text) spans.push(text)
      continue
    }
    const value = [slots[piece] ?? `{${piece}}`].flat()
    hasPoint = plainText(value).endsWith('.')
    spans.push(...value)
  }
  return spans
}

/** The same as {@link fillSpans} where only text is wanted. */
export function fill(template: string, slots: Record<string, string>): string {
  return plainText(fillSpans(template, slots))
}

export function plainText(spans: Spans): string {
  return spans
    .map((span) => {
      if (typeof span === 'string') return span
      if ('strong' in span) return span.strong
      if ('emphasis' in span) return span.emphasis
      if ('quote' in span) return span.quote
      return 'link' in span ? span.link : span.text
    })
    .join('')
}

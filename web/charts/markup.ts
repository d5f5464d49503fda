const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text for the content or a double-quoted attribute of an SVG element. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character]!)
}

/** Coordinates with the one decimal that can be seen. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10)
}

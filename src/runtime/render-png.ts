import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'
import { PROJECT_ROOT } from './project-files.ts'

const FONTS = ['inter-latin-400', 'inter-latin-600', 'inter-latin-ext-400', 'inter-latin-ext-600'].map((name) =>
  join(PROJECT_ROOT, 'web/fonts', `${name}.ttf`),
)

/** Most pixels of a picture; a larger one is scaled down rather than allowed to take the memory. */
const MOST_PIXELS = 12_000_000

/** An SVG as PNG. Letters that Inter lacks (Arabic, Japanese) come from the fonts of the machine. */
export async function renderPng(svg: string, scale: number): Promise<Uint8Array<ArrayBuffer>> {
  const [width = 1, height = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).slice(1).map(Number)
  const zoom = Math.min(scale, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)))
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontFiles: FONTS, loadSystemFonts: true, defaultFontFamily: 'Inter' },
  })
  return new Uint8Array(picture.render().asPng())
}

import { initWasm, Resvg } from '@resvg/resvg-wasm'
import type { AssetsBinding } from './worker-platform.ts'

/** Beside the built assets, since fonts inside the program would count towards its size. */
const FONTS = ['inter-latin-400', 'inter-latin-600', 'inter-latin-ext-400', 'inter-latin-ext-600']

/** An isolate has 128 MB, and a pixel takes four bytes several times over. */
const MOST_PIXELS = 4_000_000

/** What Inter's Latin cuts have letters for; there are no others on an edge platform. */
const WITHOUT_LETTERS =
  /[^\s!-\u024f\u02bb-\u02dc\u1e00-\u1eff\u2000-\u206f\u20a0-\u20c0\u2122\u2191\u2193\u2212\u2215]/u

/** Fonts, once they are there; plain values, which may outlive a request. */
export interface FontMemory {
  fonts: Uint8Array[] | null
}

/** @returns draws an SVG as PNG; `null` where it has words in a script that no font here has */
export function createEdgePng(assets: AssetsBinding, memory: FontMemory) {
  return async (svg: string, scale: number): Promise<Uint8Array<ArrayBuffer> | null> => {
    if (WITHOUT_LETTERS.test(svg.replace(/<(desc|style)\b.*?<\/\1>|<[^>]+>/gs, ''))) return null
    memory.fonts ??= await Promise.all(FONTS.map((name) => loadFont(assets, name)))
    await prepare()
    return drawPng(svg, scale, memory.fonts)
  }
}

async function loadFont(assets: AssetsBinding, name: string): Promise<Uint8Array> {
  const response = await assets.fetch(`https://assets/fonts/${name}.ttf`)
  if (!response.ok) throw new Error(`the font ${name} is not among the assets: ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}

let isPrepared = false

/** Two requests may prepare at once, the later one for nothing; what they wait for must not be shared between them. */
async function prepare(): Promise<void> {
  if (isPrepared) return
  const { default: renderer } = await import('@resvg/resvg-wasm/index_bg.wasm')
  try {
    await initWasm(renderer)
  } catch (error) {
    if (!isPrepared) throw error
  }
  isPrepared = true
}

/** Without a pause, so that no other request prepares the renderer anew under it. */
function drawPng(svg: string, scale: number, fontBuffers: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const [width = 1, height = 1] = (/viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? []).slice(1).map(Number)
  const zoom = Math.min(scale, Math.sqrt(MOST_PIXELS / Math.max(1, width * height)))
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    font: { fontBuffers, defaultFontFamily: 'Inter' },
  })
  const picture = drawing.render()
  // Both live in the renderer's own memory, which nothing else would free.
  try {
    return new Uint8Array(picture.asPng())
  } finally {
    picture.free()
    drawing.free()
  }
}

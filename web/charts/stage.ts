import { escaped, short } from './markup.ts'

/**
 * Where a drawing is shown. On a page it is `fluid`: geometry stretches with its place while text keeps its size. A picture
 * has a fixed size in pixels and room for its own labels.
 */
export type Frame = 'fluid' | { width: number; height: number }

const PICTURE_MARGIN = { top: 24, right: 56, bottom: 32, left: 8 }
const FLUID_PLOT = { width: 1000, height: 300 }

/** What a drawing says to those who do not see it. */
export interface DrawingText {
  title: string
  /** One sentence with its main numbers. */
  description: string
}

/** Turns fractions of the plot (0 to 1, from the left and from the top) into coordinates of a frame. */
export class Stage {
  readonly plot: { width: number; height: number }

  constructor(
    readonly frame: Frame,
    private readonly margin = PICTURE_MARGIN,
  ) {
    this.plot =
      frame === 'fluid'
        ? FLUID_PLOT
        : {
            width: frame.width - margin.left - margin.right,
            height: frame.height - margin.top - margin.bottom,
          }
  }

  /** Of text and marks, which do not stretch. */
  x(fraction: number): string {
    return this.frame === 'fluid' ? `${short(fraction * 100)}%` : short(this.margin.left + fraction * this.plot.width)
  }

  y(fraction: number): string {
    return this.frame === 'fluid' ? `${short(fraction * 100)}%` : short(this.margin.top + fraction * this.plot.height)
  }

  /** Of geometry inside the plot. */
  point(x: number, y: number): string {
    return `${short(x * this.plot.width)} ${short(y * this.plot.height)}`
  }

  /** A text; `dx`, `dy` in pixels from its place. */
  text(
    className: string,
    at: { x: number; y: number; dx?: number; dy?: number; anchor?: 'start' | 'middle' | 'end'; data?: string },
    content: string,
  ): string {
    const shift = `${at.dx ? ` dx="${at.dx}"` : ''}${at.dy ? ` dy="${at.dy}"` : ''}`
    return (
      `<text class="${className}" x="${this.x(at.x)}" y="${this.y(at.y)}"${shift} text-anchor="${at.anchor ?? 'start'}"${at.data ?? ''}>` +
      `${escaped(content)}</text>`
    )
  }

  /** The whole SVG: geometry below, text and marks above. */
  svg(className: string, text: DrawingText, geometry: string, above: string, data = ''): string {
    const { width, height } = this.plot
    if (this.frame === 'fluid')
      return (
        `<svg class="${className}" role="img" aria-label="${escaped(`${text.title}. ${text.description}`)}"${data}>` +
        `<svg viewBox="0 0 ${width} ${height}" width="100%" height="100%" preserveAspectRatio="none">${geometry}</svg>${above}</svg>`
      )
    const { left, top } = this.margin
    const size = `viewBox="0 0 ${this.frame.width} ${this.frame.height}" width="${this.frame.width}" height="${this.frame.height}"`
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" class="${className}" ${size} role="img">` +
      `<title>${escaped(text.title)}</title><desc>${escaped(text.description)}</desc>` +
      `<g transform="translate(${left} ${top})">${geometry}</g>${above}</svg>`
    )
  }
}

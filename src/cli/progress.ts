import type { CommandIo } from './command.ts'

/** How often the line is drawn anew. */
const EVERY_MS = 250

/** A line on a terminal that tells how far a long run has come; nothing at all where standard error is no terminal. */
export class Progress {
  rows = 0
  private readonly startedMs = performance.now()
  private drawnMs = this.startedMs

  constructor(private readonly out: CommandIo['stderr']) {}

  draw(): void {
    if (!this.out.isTTY) return
    const now = performance.now()
    if (now - this.drawnMs < EVERY_MS) return
    this.drawnMs = now
    const perSecond = (this.rows / (now - this.startedMs)) * 1000
    this.out.write(
      `\r\x1b[K${this.rows.toLocaleString('en')} rows, ${Math.round(perSecond).toLocaleString('en')} a second`,
    )
  }

  clear(): void {
    if (this.out.isTTY) this.out.write('\r\x1b[K')
  }
}

/** A bar for work whose end is known. */
export function drawShare(out: CommandIo['stderr'], what: string, share: number): void {
  if (!out.isTTY) return
  const width = 30
  const done = Math.round(share * width)
  out.write(`\r\x1b[K${what} [${'='.repeat(done)}${' '.repeat(width - done)}] ${Math.round(share * 100)} %`)
  if (share >= 1) out.write('\n')
}

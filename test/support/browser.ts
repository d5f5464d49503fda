import packaged from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** A real Chromium: the one inside a package where it runs, else the machine's own. */
export async function openBrowser(): Promise<Browser> {
  const isPackaged = process.platform === 'linux' && process.arch === 'x64'
  return chromium.launch({
    executablePath: isPackaged ? await packaged.executablePath() : '/usr/bin/chromium',
    // What the package proposes runs it in one process, which ends with its first context.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  })
}

import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'

/** Rows for some chunks of output, more than a pipe holds. */
const ROWS = Array.from({ length: 40_000 }, (_, i) => `${new Date(i * 60_000).toISOString()},3\n`)

test('a reader that goes early ends a command quietly, as it ends other programs', async () => {
  const child = spawn(process.execPath, ['dist/outcry.js', 'detect'], { stdio: ['pipe', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  // The command is gone before it has read everything.
  child.stdin.on('error', () => {})
  child.stdin.end(`timestamp,count\n${ROWS.join('')}`)
  child.stdout.once('data', () => child.stdout.destroy())
  const status = await new Promise((resolve) => child.once('close', resolve))

  expect(stderr).toBe('')
  expect(status).toBe(141)
})

import type { Command } from './command.ts'
import { serve } from './serve.ts'

const HELP = `Usage: outcry demo [--speed N]

Serves an invented world: six weeks of history, ordinary reports, and an outage of Exchange Online that begins within a minute,
is admitted by its provider, repaired, and over after some twenty minutes. The same as outcry serve --demo.

  --speed N  runs the outage N times as fast (1 to 20)

Example:
  DATA_DIR=/tmp/outcry-demo outcry demo --speed 4
`

export const demo: Command = {
  name: 'demo',
  summary: 'serve an invented world with an outage in it',
  help: HELP,
  run: (args, io) => serve.run(['--demo', ...args], io),
}

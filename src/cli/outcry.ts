import { createArchiveCommand } from './archive.ts'
import { backtest } from './backtest.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { detect } from './detect.ts'
import { createExportCommand } from './export.ts'
import { createImportCommand } from './import.ts'
import { createKeysCommand } from './keys.ts'
import { migrateCommand } from './migrate.ts'
import { openFromEnvironment } from './open-storage.ts'
import { createRepairCommand } from './repair.ts'
import { createReplayCommand } from './replay.ts'
import { serve } from './serve.ts'
import { createServicesCommand } from './services.ts'
import { verify } from './verify.ts'

const COMMANDS: Command[] = [
  serve,
  demo,
  migrateCommand,
  createServicesCommand(openFromEnvironment),
  detect,
  backtest,
  createReplayCommand(openFromEnvironment),
  createRepairCommand(openFromEnvironment),
  createArchiveCommand(openFromEnvironment),
  createImportCommand(openFromEnvironment),
  createExportCommand(openFromEnvironment),
  createKeysCommand(openFromEnvironment),
  verify,
]

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: outcry COMMAND [OPTIONS]\n\n${lines.join('\n')}\n\noutcry COMMAND --help tells more.\n`
}

/** Gives the exit status: 0 done, 1 failed, 2 called wrongly. */
async function main([name, ...args]: string[]): Promise<number> {
  const { stdin, stdout, stderr, env } = process
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    stdout.write(overview())
    return name === undefined ? 2 : 0
  }
  const command = COMMANDS.find((candidate) => candidate.name === name)
  if (command === undefined) {
    stderr.write(`outcry: there is no command "${name}"\n\n${overview()}`)
    return 2
  }
  if (args.includes('--help') || args.includes('-h')) {
    stdout.write(command.help)
    return 0
  }
  try {
    return await command.run(args, { stdin, stdout, stderr, env })
  } catch (error) {
    const { message, code } = error as Error & { code?: string }
    stderr.write(`outcry: ${message}\n`)
    return code?.startsWith('ERR_PARSE_ARGS') ? 2 : 1
  }
}

/** As the shell tells of a program that a closed pipe has ended. */
const CLOSED_PIPE = 141

// A reader such as `head` goes when it has enough; nobody is left to write for, and to them it is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(CLOSED_PIPE)
  process.stderr.write(`outcry: cannot write the output: ${error.message}\n`)
  process.exit(1)
})

process.exitCode = await main(process.argv.slice(2))
// A worker thread or an idle connection must not keep a command alive that has done its work.
if (process.exitCode !== 0 || process.argv[2] === 'serve' || process.argv[2] === 'demo') process.exit()

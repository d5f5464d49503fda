import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { verifySnapshot } from '../record/snapshot.ts'
import type { Command } from './command.ts'

const HELP = `Usage: outcry verify FILE

Checks a snapshot that was downloaded from /snapshots/{id}.json: whether its content is, to the last figure, what its
SHA-256 and its address say. - reads standard input. Exit status: 0 genuine, 1 not, 2 called wrongly.

Example:
  curl -s https://outcry.example/snapshots/3f2a9c51d07be4486a15.json | outcry verify -
`

export const verify: Command = {
  name: 'verify',
  summary: 'check that a downloaded snapshot is genuine',
  help: HELP,
  async run(args, { stdin, stdout, stderr }) {
    const { positionals } = parseArgs({ args, options: {}, allowPositionals: true })
    const [file] = positionals
    if (file === undefined || positionals.length > 1) {
      stderr.write(`name one file\n\n${HELP}`)
      return 2
    }
    let content: string
    try {
      content = file === '-' ? await text(stdin) : await readFile(file, 'utf8')
    } catch (error) {
      stderr.write(`cannot read ${file}: ${(error as Error).message}\n`)
      return 1
    }
    const result = await verifySnapshot(content)
    if (!result.isGenuine) {
      stderr.write(`not genuine: ${result.reason}\n`)
      return 1
    }
    stdout.write(`genuine: snapshot ${result.id}, SHA-256 ${result.hash}\n`)
    return 0
  },
}

import type { Readable, Writable } from 'node:stream'

/** What a command may touch of the process it runs in. */
export interface CommandIo {
  stdin: Readable
  stdout: Writable
  /** Messages and progress; a progress line is drawn only where it is a terminal. */
  stderr: Writable & { isTTY?: boolean }
  env: Record<string, string | undefined>
}

/** One `outcry` command. `run` gives the exit status: 0 done, 1 failed, 2 called wrongly. */
export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` prints; ends with an example. */
  help: string
  run(args: string[], io: CommandIo): Promise<number>
}

/** What a command reads and writes; tests hand in their own. */
export interface CommandIo {
  stdin: NodeJS.ReadableStream
  stdout: NodeJS.WritableStream
  stderr: NodeJS.WritableStream
  env: Record<string, string | undefined>
}

/** One command of `outcry`. */
export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** What `--help` prints. */
  help: string
  /** Returns the exit status: 0 done, 1 failed, 2 wrongly called. */
  run(args: string[], io: CommandIo): Promise<number>
}

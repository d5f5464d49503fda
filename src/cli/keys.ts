import { parseArgs } from 'node:util'
import { z } from 'zod'
import { issueKey, withdrawKey } from '../key/issue-key.ts'
import { DEFAULT_QUOTA, DEFAULT_TRUST, KEY_SCOPES, type KeyScope } from '../key/key.ts'
import { listKeys } from '../key/queries.ts'
import type { Storage } from '../storage/database.ts'
import type { Command, CommandIo } from './command.ts'

const HELP = `Usage:
  outcry keys issue NAME [OPTIONS]   makes a key and prints it, once: only its hash is kept
  outcry keys list                   every key with its scopes, quota and last day of use
  outcry keys revoke ID              ends a key; running servers follow within ten seconds

Options of issue:
  --scope SCOPE       ${KEY_SCOPES.join(', ')}; may be given more than once (default read)
  --per-minute N      requests a minute (default ${DEFAULT_QUOTA.perMinute})
  --per-day N         requests a day, UTC (default ${DEFAULT_QUOTA.perDay})
  --trust SHARE       most that one report of this source weighs, above 0 up to 1 (default ${DEFAULT_TRUST / 1000})

It opens the database that the environment names; the embedded one belongs to one process at a time, so with that ask the
running server instead: POST /v1/admin/keys.

Example:
  DATABASE_URL=postgres://localhost/outcry outcry keys issue "Status wall" --scope read --scope webhooks
`

const Options = z.object({
  scope: z.array(z.enum(KEY_SCOPES)).default(['read']),
  'per-minute': z.coerce.number().int().min(1).max(1_000_000).default(DEFAULT_QUOTA.perMinute),
  'per-day': z.coerce.number().int().min(1).max(1_000_000_000).default(DEFAULT_QUOTA.perDay),
  trust: z.coerce
    .number()
    .min(0.001)
    .max(1)
    .default(DEFAULT_TRUST / 1000),
})

type Open = (env: CommandIo['env']) => Promise<Storage>

/** `outcry keys`. @param open opens the database that the environment names */
export function createKeysCommand(open: Open): Command {
  return {
    name: 'keys',
    summary: 'issue, list and revoke API keys',
    help: HELP,
    async run(args, io) {
      const call = parseCall(args)
      if (typeof call === 'string') {
        io.stderr.write(`${call}\n\n${HELP}`)
        return 2
      }
      const storage = await open(io.env)
      try {
        return await call(storage, io)
      } finally {
        await storage.close()
      }
    },
  }
}

type Call = (storage: Storage, io: CommandIo) => Promise<number>

/** What is to be done, or what is wrong with how it was asked for. */
function parseCall(args: string[]): Call | string {
  let parsed: { values: Record<string, unknown>; positionals: string[] }
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        scope: { type: 'string', multiple: true },
        'per-minute': { type: 'string' },
        'per-day': { type: 'string' },
        trust: { type: 'string' },
      },
    })
  } catch (error) {
    return (error as Error).message
  }
  const [action, subject, ...rest] = parsed.positionals
  if (rest.length > 0) return `cannot understand: keys ${parsed.positionals.join(' ')}`
  const options = Options.safeParse(parsed.values)
  if (!options.success)
    return options.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n')
  if (action === 'list' && subject === undefined) return list
  if (action === 'revoke' && subject !== undefined) return (storage, io) => revoke(storage, io, subject)
  if (action === 'issue' && subject !== undefined && subject.trim() !== '')
    return (storage, io) => issue(storage, io, subject.trim(), options.data)
  return action === undefined ? 'say issue, list or revoke' : `cannot understand: keys ${parsed.positionals.join(' ')}`
}

async function issue(
  storage: Storage,
  io: CommandIo,
  name: string,
  options: z.output<typeof Options>,
): Promise<number> {
  const order = {
    name,
    scopes: [...new Set<KeyScope>(options.scope)],
    quota: { perMinute: options['per-minute'], perDay: options['per-day'] },
    trust: Math.round(options.trust * 1000),
  }
  const { issued, key } = await issueKey({ storage }, order, 'command line')
  io.stderr.write(`${issued.id}: this is the only time the key is shown.\n`)
  io.stdout.write(`${key}\n`)
  return 0
}

async function list(storage: Storage, io: CommandIo): Promise<number> {
  for (const { id, hint, name, scopes, quota, lastUsedOn, revokedAt } of await listKeys(storage.run)) {
    const use = revokedAt ? `revoked ${revokedAt.toISOString().slice(0, 10)}` : `last used ${lastUsedOn ?? 'never'}`
    io.stdout.write(
      `${id}  ${hint}  ${name}  ${scopes.join(',')}  ${quota.perMinute}/min ${quota.perDay}/day  ${use}\n`,
    )
  }
  return 0
}

async function revoke(storage: Storage, io: CommandIo, id: string): Promise<number> {
  if (await withdrawKey({ storage }, id, 'command line')) {
    io.stdout.write(`${id} is revoked\n`)
    return 0
  }
  io.stderr.write(`there is no key "${id}" in force\n`)
  return 1
}

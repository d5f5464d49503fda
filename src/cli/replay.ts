import { parseArgs } from 'node:util'
import { METHOD_VERSION, type VerdictLevel } from '../detection/detector.ts'
import { canonicalRegion } from '../region/region.ts'
import { WORLD } from '../region/scope.ts'
import { didYouMean } from '../service/did-you-mean.ts'
import { listServices } from '../service/queries.ts'
import type { Storage } from '../storage/database.ts'
import {
  type Comparison,
  compareWithLive,
  hiddenSince,
  minutesMissingUntil,
  type ReplayedMinute,
  replaySeries,
} from '../tick/replay-series.ts'
import { DAY, MINUTE } from '../time.ts'
import type { Command } from './command.ts'
import { readInstant } from './count-rows.ts'

const HELP = `Usage: outcry replay --service SLUG [--region CODE] [--from TIME] [--to TIME]

Lives a service's series again from its first counted minute and writes the verdict of each minute as CSV. Then says, on
standard error, whether the spikes told live in that time come out again, as an alarm or as a suspicion alone (a minute may
say more in its first seconds than as a whole). Reports that were hidden since do not count any more; of a spike that comes
out with them alone, that is said. Exit status 0 where all come out, with or without them, 1 where one does not.

  --service  slug of the service
  --region   country or subdivision such as DE or US-TX; the whole world unless told
  --from     RFC 3339, UTC unless it carries an offset; a day before --to unless told
  --to       the same; the present minute unless told, and at the latest

The embedded database belongs to one process: stop the server first. That of the demo is in ./data/demo.

Example:
  outcry replay --service exchange-online --from 2026-03-14T08:00:00Z --to 2026-03-14T12:00:00Z
  DATA_DIR=./data/demo outcry replay --service exchange-online
`

/** `outcry replay`: the same counts in, the same verdicts out. */
export function createReplayCommand(open: (env: Record<string, string | undefined>) => Promise<Storage>): Command {
  return {
    name: 'replay',
    summary: 'recompute past verdicts from stored counts',
    help: HELP,
    async run(args, { stdout, stderr, env }) {
      const { values } = parseArgs({
        args,
        options: {
          service: { type: 'string' },
          region: { type: 'string' },
          from: { type: 'string' },
          to: { type: 'string' },
        },
      })
      const wrong = (message: string) => {
        stderr.write(`outcry replay: ${message}\n`)
        return 2
      }
      if (values.service === undefined) return wrong('--service is missing')
      const scope = values.region === undefined ? WORLD : canonicalRegion(values.region)
      if (scope === null) return wrong(`there is no region "${values.region}"`)
      // Minutes that have not been have no verdict; a time that cannot be read stays NaN.
      const presentMs = Math.floor(Date.now() / MINUTE) * MINUTE
      const untilMs = values.to === undefined ? presentMs : Math.min(minuteOf(values.to), presentMs)
      const fromMs = values.from === undefined ? untilMs - DAY : minuteOf(values.from)
      if (Number.isNaN(fromMs) || Number.isNaN(untilMs))
        return wrong('--from and --to must be times such as 2026-03-14T08:00:00Z')
      if (fromMs >= untilMs) return wrong('--from must lie before --to, and before the present minute')

      const storage = await open(env)
      try {
        const [service] = await storage.run<{ id: number }>('select id from services where slug = $1', [values.service])
        if (service === undefined) {
          const [meant] = didYouMean(values.service, await listServices(storage.run))
          return wrong(
            `there is no service "${values.service}"${meant === undefined ? '' : `; did you mean "${meant}"?`}`,
          )
        }
        const span = { fromMs, untilMs }
        const key = { serviceId: service.id, scope }
        const replayed = await replaySeries(storage.run, key, span)
        if (replayed === null) return wrong(`nothing was ever counted of "${values.service}" there`)
        const missingUntil = await minutesMissingUntil(storage.run, key)
        if (missingUntil !== null)
          stderr.write(
            `The minutes before ${missingUntil.toISOString()} are not here, so the verdicts are those of a series that began later.\n`,
          )
        stdout.write('timestamp,count,expected,lower,upper,score,level\n')
        for (const { atMs, count, verdict } of replayed)
          stdout.write(
            `${new Date(atMs).toISOString()},${count},${[verdict.expected, verdict.lower, verdict.upper, verdict.score].map(short).join(',')},${verdict.level}\n`,
          )
        const compare = (minutes: readonly ReplayedMinute[]) =>
          compareWithLive(storage.run, values.service!, scope, span, minutes)
        const compared = await compare(replayed)
        const hidden = await hiddenSince(storage.run, key, untilMs)
        const withHidden = new Map<string, VerdictLevel>()
        if (hidden !== null) {
          stderr.write(
            `${hidden.reports} reports of this series, from ${timeText(hidden.fromMs)} to ${timeText(hidden.lastMs + MINUTE)}, were hidden since (last at ${hidden.hiddenAt.toISOString()}): these are the verdicts without them.\n`,
          )
          if (compared.some(({ level }) => level === 'quiet'))
            for (const { spike, level } of await compare(
              (await replaySeries(storage.run, key, span, { withHidden: true }))!,
            ))
              withHidden.set(spike.id, level)
        }
        const isExplained = ({ spike, level }: Comparison) =>
          level !== 'quiet' || (withHidden.get(spike.id) ?? 'quiet') !== 'quiet'
        for (const { spike, level } of compared) {
          const version = spike.methodVersion === METHOD_VERSION ? '' : ` (told by method ${spike.methodVersion})`
          const said = level === 'quiet' && isExplained({ spike, level }) ? SAID_WITH_HIDDEN : SAID[level]
          stderr.write(`spike ${spike.id}, opened ${spike.openedAt.toISOString()}: ${said}${version}\n`)
        }
        if (compared.length === 0) stderr.write('No spike of this series opened in this time.\n')
        return compared.every(isExplained) ? 0 : 1
      } finally {
        await storage.close()
      }
    },
  }
}

const SAID: Record<VerdictLevel, string> = {
  open: 'comes out again',
  suspected: 'comes out again, as suspected',
  quiet: 'does not come out again',
}

const SAID_WITH_HIDDEN = 'comes out again only with the reports that were hidden since'

const timeText = (ms: number) => new Date(ms).toISOString()

function minuteOf(text: string): number {
  return Math.floor(readInstant(Buffer.from(text), 0, Buffer.byteLength(text)) / MINUTE) * MINUTE
}

function short(value: number): string {
  return String(Math.round(value * 10_000) / 10_000)
}

import ipaddr from 'ipaddr.js'
import { z } from 'zod'
import { DEFAULT_RETRY_SCHEDULE, parseSchedule } from '../alert/delivery-policy.ts'

const Flag = z
  .enum(['0', '1', 'true', 'false'])
  .optional()
  .transform((text) => text === '1' || text === 'true')

const isCidr = (text: string) => ipaddr.isValidCIDR(text) || ipaddr.isValid(text)

const CidrList = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .refine((list) => list.every(isCidr), 'must be a comma list of addresses or CIDR ranges, such as 10.0.0.0/8')

const RetrySchedule = z
  .string()
  .default(DEFAULT_RETRY_SCHEDULE.join(','))
  .transform((text, context) => {
    const schedule = parseSchedule(text)
    if (schedule === null)
      context.addIssue({
        code: 'custom',
        message: 'must be seconds parted by commas, each up to 604800, such as 5,300,1800',
      })
    return schedule ?? []
  })

const Settings = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(8787),
  HOST: z.string().min(1).default('0.0.0.0'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgres://')
    .optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  TRUSTED_PROXIES: CidrList,
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must begin with redis:// or rediss://')
    .optional(),
  ADMIN_KEY: z.string().min(16, 'must have at least 16 characters').optional(),
  GEOIP_DB: z.string().min(1).optional(),
  DETECTOR_INTERVAL_MS: z.coerce.number().int().min(100).max(60_000).default(3_000),
  RETENTION_DAYS: z.coerce.number().int().min(2).max(3_650).default(30),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
  WEBHOOK_TIMEOUT_MS: z.coerce.number().int().min(100).max(60_000).default(15_000),
  WEBHOOK_RETRY_SCHEDULE: RetrySchedule,
  WEBHOOK_ALLOW_PRIVATE: Flag,
})

export type Settings = z.output<typeof Settings>

/** Settings from the environment; an empty variable counts as absent. @throws Error with one line that names each wrong one */
export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const result = Settings.safeParse(given)
  if (result.success) return result.data
  const wrong = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Error(`wrong setting: ${wrong.join('; ')}`)
}

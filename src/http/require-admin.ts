import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors.ts'
import { bearerOf, constantTimeEqual } from '../key/key.ts'
import type { Ports } from '../ports.ts'
import { takeFrom } from './limit.ts'

/** What the audit log calls whoever holds `ADMIN_KEY`. */
export const ADMIN = 'admin'

/**
 * Lets pass whoever shows `ADMIN_KEY` in the `Authorization` field.
 *
 * @throws AppError `unauthorized`; also where no such key is set, since then nobody has it
 */
export async function requireAdmin(
  { settings, limiter, clientKey }: Pick<Ports, 'settings' | 'limiter' | 'clientKey'>,
  request: Request,
): Promise<void> {
  const shown = bearerOf(request.headers.get('authorization'))
  if (shown !== null && settings.adminKey !== null && constantTimeEqual(shown, settings.adminKey)) return
  // Whoever guesses is slowed down by the limit that all strangers share.
  await takeFrom(limiter, 'webhook', clientKey(request))
  throw new AppError('unauthorized', 'This needs `Authorization: Bearer` and the ADMIN_KEY of this instance.')
}

/** Goes before each administrative handler; per route, so that a path that does not exist is still told from a wrong method. */
export const asAdmin: MiddlewareHandler<{ Bindings: Ports }> = async (c, next) => {
  await requireAdmin(c.env, c.req.raw)
  await next()
}

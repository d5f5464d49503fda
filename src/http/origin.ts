import type { Ports } from '../ports.ts'

/** Where this instance is reached from outside, without a slash at the end: `PUBLIC_URL`, else as it was asked for. */
export function originOf({ settings }: Pick<Ports, 'settings'>, requestUrl: string): string {
  return settings.publicUrl?.replace(/\/$/, '') ?? new URL(requestUrl).origin
}

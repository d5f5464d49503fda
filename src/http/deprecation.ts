/** A call that is to go. Announced at least 180 days ahead. */
export interface Deprecation {
  /** Path of the call, as routes write it: `/v1/things/:id`. */
  path: string
  since: Date
  /** When it stops working. */
  sunset: Date
  /** Path of what takes its place. */
  successor: string | null
}

/** Every call that is to go. */
export const DEPRECATIONS: readonly Deprecation[] = []

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the way on, for the answers of a call that is to go; else nothing. */
export function deprecationOf(
  requestPath: string,
  deprecations: readonly Deprecation[] = DEPRECATIONS,
): Record<string, string> {
  const found = deprecations.find(({ path }) => isPathOf(path, requestPath))
  if (found === undefined) return {}
  return {
    deprecation: `@${Math.floor(found.since.getTime() / 1000)}`,
    sunset: found.sunset.toUTCString(),
    ...(found.successor === null ? {} : { link: `<${found.successor}>; rel="successor-version"` }),
  }
}

function isPathOf(pattern: string, path: string): boolean {
  const wanted = pattern.split('/')
  const given = path.split('/')
  return wanted.length === given.length && wanted.every((part, n) => part.startsWith(':') || part === given[n])
}

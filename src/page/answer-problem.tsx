import type { ErrorHandler } from 'hono'
import type { PageProblem } from '../../web/pages/problem-page.tsx'
import { ProblemPage } from '../../web/pages/problem-page.tsx'
import type { Language } from '../../web/strings/language.ts'
import { answerFailure, foreseenFailure } from '../http/problem.ts'
import type { Ports } from '../ports.ts'
import { frameOf } from './page-frame.ts'
import { SECURITY_HEADERS } from './page-headers.ts'

/** Failures as pages in the visitor's language; the status and the other header fields are those of the API. */
export function answerPageFailure(language: Language): ErrorHandler<{ Bindings: Ports }> {
  return async (error, c) => {
    const plain = await answerFailure(error, c)
    const problem = await problemOf(error, c.env)
    const headers = new Headers(plain.headers)
    headers.set('content-type', 'text/html; charset=utf-8')
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) headers.set(name, value)
    const page = await (<ProblemPage frame={frameOf(c.env, c.req.url, language)} problem={problem} />)
    return new Response(String(page), { status: plain.status, headers })
  }
}

async function problemOf(thrown: Error, ports: Ports): Promise<PageProblem> {
  const error = foreseenFailure(thrown)
  if (error === null) return { kind: 'internal' }
  const seconds = error.details.retryAfterSeconds ?? 5
  switch (error.code) {
    case 'not-found':
      return { kind: 'not-found' }
    case 'unknown-service': {
      const slugs = (error.details.extensions?.didYouMean ?? []) as string[]
      const meant = await Promise.all(slugs.map((slug) => ports.directory.find(slug)))
      return {
        kind: 'unknown-service',
        name: /"(.*)"/.exec(error.message)?.[1] ?? '',
        meant: meant.filter((service) => service !== null).map(({ slug, name }) => ({ slug, name })),
      }
    }
    case 'rate-limited':
      return { kind: 'limited', seconds }
    case 'overloaded':
      return { kind: 'busy', seconds }
    default:
      return {
        kind: 'refused',
        detail: [error.message, ...(error.details.errors ?? []).map(({ message }) => message)].join(' '),
      }
  }
}

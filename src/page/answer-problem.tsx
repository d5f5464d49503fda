import type { Context } from 'hono'
import { type PageProblem, ProblemPage } from '../../web/pages/problem-page.tsx'
import { AppError } from '../errors.ts'
import { LimitExceeded } from '../http/limit.ts'
import { problemOf } from '../http/problem.ts'
import type { Ports } from '../ports.ts'
import { frameOf } from './page-frame.ts'

/** A failure as a page, with the status that the API would give it. */
export async function answerProblem(error: Error, c: Context<{ Bindings: Ports }>): Promise<Response> {
  const headers = new Headers({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' })
  let status = 500
  let problem: PageProblem = { kind: 'internal' }
  if (error instanceof AppError) {
    status = problemOf(error).status
    problem = await problemOfPage(error, c)
    if (error.details.retryAfterSeconds !== undefined)
      headers.set('retry-after', String(error.details.retryAfterSeconds))
    if (error instanceof LimitExceeded)
      for (const [name, value] of Object.entries(error.headers)) headers.set(name, value)
  } else c.env.log.error({ err: error, path: c.req.path, method: c.req.method }, 'unforeseen failure')
  const page = await (<ProblemPage frame={frameOf(c)} problem={problem} />)
  return new Response(String(page), { status, headers })
}

async function problemOfPage(error: AppError, c: Context<{ Bindings: Ports }>): Promise<PageProblem> {
  const seconds = error.details.retryAfterSeconds ?? 10
  switch (error.code) {
    case 'not-found':
    case 'gone':
      return { kind: 'not-found' }
    case 'unknown-service': {
      const slugs = (error.details.extensions?.didYouMean ?? []) as string[]
      const meant = await Promise.all(slugs.map((slug) => c.env.directory.find(slug)))
      return {
        kind: 'unknown-service',
        name: c.req.param('slug') ?? '',
        meant: meant.flatMap((service) => (service ? [{ slug: service.slug, name: service.name }] : [])),
      }
    }
    case 'rate-limited':
      return { kind: 'limited', seconds }
    case 'overloaded':
      return { kind: 'busy', seconds }
    default:
      return { kind: 'refused', detail: error.message }
  }
}

/** Whether a request comes from someone who wants to read, rather than from a program. */
export function wantsPage(request: Request): boolean {
  return (request.headers.get('accept') ?? '').includes('text/html')
}

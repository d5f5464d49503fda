import { fillSpans, type Spans } from '../strings/spans.ts'
import { Finder } from './finder.tsx'
import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'
import { Text } from './text.tsx'

/** Why a page cannot be shown, in the words of the visitor's language. */
export type PageProblem =
  | { kind: 'not-found' }
  | { kind: 'unknown-service'; name: string; meant: { slug: string; name: string }[] }
  | { kind: 'refused'; detail: string }
  | { kind: 'busy' | 'limited'; seconds: number }
  | { kind: 'internal' }

/** Any failure as a page, with a search field. */
export function ProblemPage({ frame, problem }: { frame: Frame; problem: PageProblem }) {
  const { locale } = frame
  const words = locale.strings.problem
  const { title, more } = sentencesOf(problem, frame)
  return (
    <Layout frame={frame} title={title} description={title} hasPlainFont isUnlisted hasSearch={false}>
      <h1>{title}</h1>
      <p class="lede">
        <Text of={more} />
      </p>
      <Finder frame={frame} />
      <p class="link-row">
        <a href={hrefIn(frame, '/')}>{words.home}</a>
      </p>
    </Layout>
  )
}

function sentencesOf(problem: PageProblem, frame: Frame): { title: string; more: Spans } {
  const { locale } = frame
  const words = locale.strings.problem
  switch (problem.kind) {
    case 'not-found':
      return { title: words.notFound, more: [words.notFoundMore] }
    case 'unknown-service': {
      const links = problem.meant.flatMap(
        ({ slug, name }, index): Spans => [index > 0 ? ', ' : '', { link: name, href: hrefIn(frame, `/s/${slug}`) }],
      )
      return {
        title: words.noService.replace('{name}', () => problem.name),
        more: links.length > 0 ? fillSpans(words.meant, { services: links }) : [words.notFoundMore],
      }
    }
    case 'refused':
      return { title: words.refused, more: [problem.detail] }
    case 'busy':
    case 'limited':
      return {
        title: problem.kind === 'busy' ? words.busy : words.limited,
        more: fillSpans(words.busyMore, { seconds: locale.number(problem.seconds) }),
      }
    case 'internal':
      return { title: words.internal, more: [words.internalMore] }
  }
}

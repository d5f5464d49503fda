import { SUBSCRIPTION_DAYS } from '../../src/push/push.ts'
import { fill } from '../strings/spans.ts'
import type { Frame } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/privacy`: what is kept, for how long, and what is not. */
export function PrivacyPage({ frame, retentionDays }: { frame: Frame; retentionDays: number }) {
  const { locale } = frame
  const { title, description, paragraphs } = locale.strings.privacy
  return (
    <Layout frame={frame} title={title} description={description}>
      <div class="prose">
        <h1>{title}</h1>
        {Object.values(paragraphs).map((paragraph) => (
          <p>
            {typeof paragraph === 'string'
              ? fill(paragraph, { days: locale.number(SUBSCRIPTION_DAYS) })
              : locale.plural(paragraph, retentionDays)}
          </p>
        ))}
      </div>
    </Layout>
  )
}

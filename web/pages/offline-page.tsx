import { type Frame, hrefIn } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/offline`: shown by the service worker without a connection, and after a report that has to wait. */
export function OfflinePage({ frame }: { frame: Frame }) {
  const { locale } = frame
  const { offline, thanks } = locale.strings
  return (
    <Layout frame={frame} title={offline.title} description={offline.more} hasPlainFont isUnlisted hasSearch={false}>
      <h1>{offline.title}</h1>
      <p class="lede" data-when="reading">
        {offline.more}
      </p>
      <p class="lede" data-when="waiting" hidden role="status">
        {thanks.waiting}
      </p>
      <div class="actions">
        <a class="button" href={hrefIn(frame, '/')} data-retry>
          {offline.retry}
        </a>
      </div>
    </Layout>
  )
}

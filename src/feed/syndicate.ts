import type { Incident } from '../incident/incident.ts'
import { escapeXml } from './escape-xml.ts'
import { incidentSummary, incidentTitle } from './incident-text.ts'

/** A feed of incidents, whichever format it is written in. */
export interface Feed {
  title: string
  /** Of this instance, without a slash at the end. */
  origin: string
  /** Path and query of the feed itself. */
  self: string
  /** Path of the page that shows the same. */
  page: string
  incidents: readonly Incident[]
  nameOf: (service: string) => string
}

const SUBTITLE = 'Outages that people report, counted by Outcry: not said by the providers.'

/** When something last happened that a reader wants to be told of; counts grow by the minute and are no news. */
function changedAt({ confirmedAt, openedAt, resolvedAt }: Incident): Date {
  return resolvedAt ?? confirmedAt ?? openedAt
}

function entryOf(incident: Incident, { origin, nameOf }: Feed) {
  const name = nameOf(incident.service)
  return {
    url: `${origin}/i/${incident.id}`,
    title: incidentTitle(incident, name),
    summary: incidentSummary(incident, name),
    published: (incident.confirmedAt ?? incident.openedAt).toISOString(),
    updated: changedAt(incident).toISOString(),
    tags: [
      incident.service,
      incident.severity,
      incident.status,
      ...incident.regions.slice(0, 5).map(({ region }) => region),
    ],
  }
}

/** When the newest entry changed; the epoch for a feed without entries, so that the same state gives the same bytes. */
function feedUpdatedAt({ incidents }: Feed): string {
  return new Date(Math.max(0, ...incidents.map((incident) => changedAt(incident).getTime()))).toISOString()
}

/** RFC 4287. */
export function toAtom(feed: Feed): string {
  const { title, origin, self, page } = feed
  const entries = feed.incidents.map((incident) => {
    const { url, title, summary, published, updated, tags } = entryOf(incident, feed)
    return `<entry><id>${escapeXml(url)}</id><title>${escapeXml(title)}</title><link rel="alternate" type="text/html" href="${escapeXml(url)}"/>
<published>${published}</published><updated>${updated}</updated>${tags.map((tag) => `<category term="${escapeXml(tag)}"/>`).join('')}
<summary>${escapeXml(summary)}</summary></entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${escapeXml(origin + self)}</id><title>${escapeXml(title)}</title><subtitle>${SUBTITLE}</subtitle>
<link rel="self" type="application/atom+xml" href="${escapeXml(origin + self)}"/><link rel="alternate" type="text/html" href="${escapeXml(origin + page)}"/>
<updated>${feedUpdatedAt(feed)}</updated><author><name>Outcry</name></author>
${entries.join('\n')}
</feed>
`
}

/** JSON Feed 1.1 (jsonfeed.org). */
export function toJsonFeed(feed: Feed) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    description: SUBTITLE,
    home_page_url: feed.origin + feed.page,
    feed_url: feed.origin + feed.self,
    language: 'en',
    authors: [{ name: 'Outcry', url: feed.origin }],
    items: feed.incidents.map((incident) => {
      const { url, title, summary, published, updated, tags } = entryOf(incident, feed)
      return { id: url, url, title, content_text: summary, date_published: published, date_modified: updated, tags }
    }),
  }
}

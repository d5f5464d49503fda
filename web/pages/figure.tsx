import type { Child } from 'hono/jsx'

export interface FigureLink {
  text: string
  href: string
}

/** A titled part of a page with its unit, its drawing, and at its foot the source and the files of the same numbers. */
export function Figure(props: {
  id: string
  title: string
  subtitle?: Child
  children?: Child
  source?: Child
  links?: FigureLink[]
  /** Renewed in place while the page is open. */
  isLive?: boolean
}) {
  const { id, title, subtitle, source, links = [] } = props
  return (
    <section class="section" id={id} aria-labelledby={`${id}-title`} data-live={props.isLive ? id : undefined}>
      <h2 id={`${id}-title`}>{title}</h2>
      {subtitle && <p class="subtitle">{subtitle}</p>}
      {props.children}
      {(source || links.length > 0) && (
        <div class="figure-foot">
          <p>{source}</p>
          {links.length > 0 && (
            <div class="link-row">
              {links.map(({ text, href }) => (
                <a href={href}>{text}</a>
              ))}
            </div>
          )}
        </div>
      )}
    </section>
  )
}

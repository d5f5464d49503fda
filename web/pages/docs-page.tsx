import type { DocsCall, DocsSection } from '../../src/openapi/read-docs.ts'
import type { Frame } from './frame.ts'
import { Layout } from './layout.tsx'

/** `/docs`: every call of the API, from the document that programs read. In English, as the names in it are. */
export function DocsPage({
  frame,
  sections,
  version,
}: {
  frame: Frame
  sections: readonly DocsSection[]
  version: string
}) {
  return (
    <Layout
      frame={frame}
      title="API: read outages by program"
      description="Every call of the Outcry API with a line to copy: state, stream, webhooks, feeds. Reading is free and needs no key."
      current="api"
    >
      <div class="docs" lang="en" dir="ltr">
        <h1>The API</h1>
        <p>
          Reading is free and needs no key. Reports are not users affected and not the provider’s word:{' '}
          <code>down</code> is confirmed, <code>suspected</code> is not, <code>unknown</code> means too little history.
          Please quote the time in <code>meta.asOf</code> with every figure.
        </p>
        <p class="link-row">
          <a href="/v1/openapi.json">OpenAPI 3.1 (version {version})</a>
          <a href="/methodology">Method</a>
          <a href="/feed.atom">Atom feed</a>
        </p>
        <nav aria-label="Calls">
          <ul class="docs-index">
            {sections.map(({ tag, calls }) => (
              <li>
                <a href={`#${tag}`}>{tag}</a>
                <ul>
                  {calls.map(({ id, summary }) => (
                    <li>
                      <a href={`#${id}`}>{summary}</a>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </nav>
        {sections.map(({ tag, description, calls }) => (
          <section aria-labelledby={tag}>
            <h2 id={tag}>{tag}</h2>
            <p>{description}</p>
            {calls.map((call) => (
              <Call call={call} />
            ))}
          </section>
        ))}
      </div>
    </Layout>
  )
}

function Call({ call }: { call: DocsCall }) {
  const { id, method, path, summary, description, curl, parameters, answers, example } = call
  return (
    <article aria-labelledby={id}>
      <h3 id={id}>{summary}</h3>
      <p>
        <code class="docs-route">
          {method} {path}
        </code>
      </p>
      <p>{description}</p>
      <pre>
        <code>{curl}</code>
      </pre>
      {parameters.length > 0 && (
        <div class="table-scroll">
          <table>
            <caption>Parameters</caption>
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">In</th>
                <th scope="col">Value</th>
                <th scope="col">Meaning</th>
              </tr>
            </thead>
            <tbody>
              {parameters.map(({ name, place, type, description }) => (
                <tr>
                  <th scope="row">
                    <code>{name}</code>
                  </th>
                  <td>{place}</td>
                  <td>{type}</td>
                  <td>{description}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <dl class="docs-answers">
        {answers.map(({ status, description }) => (
          <div>
            <dt>{status}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
      {example !== null && (
        <details>
          <summary>Example of an answer</summary>
          <pre>
            <code>{example}</code>
          </pre>
        </details>
      )}
    </article>
  )
}

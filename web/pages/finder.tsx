import { type Frame, hrefIn } from './frame.ts'

/** The search for a service; works as a plain form, and the browser's script finds while one types. */
export function Finder({ frame, query = '', isLive = false }: { frame: Frame; query?: string; isLive?: boolean }) {
  const words = frame.locale.strings.home
  return (
    <search>
      <form
        class="finder"
        action={hrefIn(frame, '/')}
        method="get"
        data-services={isLive ? hrefIn(frame, '/s/') : undefined}
      >
        <label for="query">{words.which}</label>
        <div class="finder-row">
          <input
            id="query"
            type="search"
            name="query"
            value={query}
            placeholder={words.example}
            autocomplete="off"
            spellcheck={false}
            maxlength={100}
          />
          <button class="button" type="submit">
            {words.find}
          </button>
        </div>
      </form>
    </search>
  )
}

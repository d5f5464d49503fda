import type { Locale } from '../strings/format.ts'

/** What is said of a service now: `suspected` while not confirmed, `unknown` without enough history or reports. */
export type ServiceState = 'ok' | 'suspected' | 'down' | 'unknown'

const ICONS: Record<ServiceState, string> = {
  down: 'M6 0 12 11H0Z',
  suspected: 'M6 0 12 6 6 12 0 6Z',
  ok: 'M1 6.5 4.5 10 11 2.5 9.7 1.3 4.4 7.4 2.2 5.2Z',
  unknown: 'M1 5h10v2H1Z',
}

/** State as an icon and a word, never as a colour alone. */
export function StatePill({ state, locale }: { state: ServiceState; locale: Locale }) {
  return (
    <span class={`pill pill-${state}`}>
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={ICONS[state]} />
      </svg>
      {locale.strings.state[state]}
    </span>
  )
}

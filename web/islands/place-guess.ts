/** Shows the guess of the visitor's place in the form, and offers that country's regions. */

/** Answer of `/v1/where`. */
interface Where {
  name: string | null
  /** First-level subdivisions of the country: code and name. */
  regions: [code: string, name: string][]
}

const select = document.querySelector<HTMLSelectElement>('select[data-guessed]')

async function guess(field: HTMLSelectElement) {
  const response = await fetch(`/v1/where?language=${document.documentElement.lang}`)
  if (!response.ok) return
  const { name, regions } = (await response.json()) as Where
  const first = field.options[0]
  if (!name || !first) return
  first.textContent = (field.dataset.guessed ?? '{place}').replace('{place}', name)
  const countries = field.options[2] ?? null
  for (const [code, text] of regions) field.insertBefore(new Option(text, code), countries)
}

if (select) guess(select).catch(() => {})

/** Finds services while one types; without it the form asks the server, which knows aliases and forgives slips as well. */

interface Found {
  slug: string
  name: string
}

const WAIT_MS = 150
const MOST = 8

const form = document.querySelector<HTMLFormElement>('form[data-services]')
const input = form?.querySelector<HTMLInputElement>('input[type="search"]')
const results = document.querySelector<HTMLElement>('.finder-results')
let timer = 0
let asked = ''

function show(found: Found[]) {
  const list = document.createElement('ul')
  list.className = 'rows'
  for (const { slug, name } of found) {
    const link = document.createElement('a')
    link.href = form!.dataset.services + slug
    link.textContent = name
    const title = document.createElement('h3')
    title.append(link)
    const row = document.createElement('li')
    row.className = 'problem-row'
    row.append(title)
    list.append(row)
  }
  if (found.length > 0) results!.replaceChildren(list)
  else results!.textContent = results!.dataset.none ?? ''
}

async function find(query: string) {
  asked = query
  if (query === '') return results!.replaceChildren()
  try {
    const response = await fetch(`/v1/services?query=${encodeURIComponent(query)}&limit=${MOST}`)
    if (!response.ok) return
    const { items } = (await response.json()) as { items: Found[] }
    // An answer that came late would replace a newer one.
    if (asked === query) show(items)
  } catch {
    // Offline, the list below is still there.
  }
}

if (form && input && results)
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => find(input.value.trim()), WAIT_MS)
  })

export {}

/** Keeps the builder's preview and code at what is typed and chosen, by asking for the page that its form would lead to. */

const WAIT_MS = 250

const form = document.querySelector<HTMLFormElement>('form[data-embed]')
let timer = 0
let asked = ''

function addressOf(sent: HTMLFormElement): string {
  const query = new URLSearchParams()
  for (const [name, value] of new FormData(sent))
    if (typeof value === 'string' && value.trim() !== '') query.append(name, value.trim())
  query.sort()
  return `${sent.action}?${query}`
}

async function renew(address: string) {
  asked = address
  try {
    const response = await fetch(address)
    // An answer that came late would replace a newer one.
    if (!response.ok || asked !== address) return
    const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
    for (const part of document.querySelectorAll<HTMLElement>('[data-renew]')) {
      const next = fresh.querySelector(`[data-renew="${part.dataset.renew}"]`)
      if (next) part.replaceChildren(...next.childNodes)
    }
    document.title = fresh.title
    history.replaceState(null, '', address)
    offerCopies()
  } catch {
    // Offline, the form still says what is wanted.
  }
}

function offerCopies() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
    const text = button.textContent
    button.hidden = false
    button.addEventListener('click', async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy!)!.textContent!.trim())
      button.textContent = button.dataset.done!
      setTimeout(() => {
        button.textContent = text
      }, 2000)
    })
  }
}

if (form) {
  const soon = (ms: number) => {
    clearTimeout(timer)
    timer = window.setTimeout(() => renew(addressOf(form)), ms)
  }
  form.addEventListener('input', (event) => soon((event.target as HTMLInputElement).type === 'radio' ? 0 : WAIT_MS))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    soon(0)
  })
}
offerCopies()

export {}

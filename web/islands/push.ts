/** Offers to be told, once, when a service works again; shown where the browser can. */

const button = document.querySelector<HTMLButtonElement>('button[data-push]')

async function subscribe({ push, service }: DOMStringMap): Promise<boolean> {
  if ((await Notification.requestPermission()) !== 'granted') return false
  const { pushManager } = await navigator.serviceWorker.ready
  const wanted = { userVisibleOnly: true, applicationServerKey: push! }
  const subscription = await pushManager.subscribe(wanted).catch(async () => {
    // Bound to keys that this instance had once.
    await (await pushManager.getSubscription())?.unsubscribe()
    return pushManager.subscribe(wanted)
  })
  const response = await fetch(`/v1/services/${service}/subscriptions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...subscription.toJSON(), language: document.documentElement.lang }),
  })
  return response.ok
}

if (button && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window) {
  button.hidden = false
  button.addEventListener('click', async () => {
    button.disabled = true
    const isDone = await subscribe(button.dataset).catch(() => false)
    button.textContent = (isDone ? button.dataset.done : button.dataset.no) ?? ''
  })
}

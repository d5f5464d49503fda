/** In an embedded page: tells the host how high it is, so that the frame can fit. The message names no reader and no page. */

function tellHeight() {
  const height = Math.ceil(document.documentElement.getBoundingClientRect().height)
  window.parent.postMessage({ type: 'outcry:height', height }, '*')
}

if (window.parent !== window) {
  new ResizeObserver(tellHeight).observe(document.documentElement)
  tellHeight()
}

/** Series or services after which a loop over many breathes: some milliseconds of work. */
const A_BREATH = 64

/** The items, with a breath now and then. */
export async function* withBreaths<Item>(items: Iterable<Item>): AsyncGenerator<[number, Item]> {
  let n = 0
  for (const item of items) {
    yield [n, item]
    n++
    if (n % A_BREATH === 0) await breathe()
  }
}

/** Lets whatever waits, such as requests, run before more arithmetic: a tick shares its thread with the reports it is about. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

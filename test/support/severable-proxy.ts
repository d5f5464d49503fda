import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a database that can be cut, as a network is. */
export interface SeverableProxy {
  /** The address given, by this way. */
  url: string
  /** Ends every connection and refuses new ones, as a database that has stopped. */
  cut(): Promise<void>
  /** Takes what is sent and passes nothing on, as a cable that was pulled. */
  stall(): void
  /** Lets through again what comes from now on; what was lost stays lost. */
  mend(): Promise<void>
  stop(): Promise<void>
}

export async function startSeverableProxy(databaseUrl: string): Promise<SeverableProxy> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let isStalled = false

  const server = createServer((near) => {
    const far = connect(Number(target.port), target.hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from)
      from.on('data', (bytes) => {
        if (!isStalled) to.write(bytes)
      })
      from.on('error', () => {})
      from.on('close', () => {
        sockets.delete(from)
        if (!isStalled) to.destroy()
      })
    }
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const { port } = server.address() as AddressInfo
  const endAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  const cut = async () => {
    if (!server.listening) return
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    endAll()
    await closed
  }
  const url = new URL(databaseUrl)
  url.host = `127.0.0.1:${port}`
  return {
    url: url.href,
    cut,
    stall: () => {
      isStalled = true
    },
    async mend() {
      isStalled = false
      if (!server.listening) await listen(port)
    },
    stop: cut,
  }
}

import ipaddr from 'ipaddr.js'

type Address = ReturnType<typeof ipaddr.process>
type Range = [Address, number]

/** Ranges whose word in `X-Forwarded-For` is believed. */
export function parseRanges(list: string[]): Range[] {
  return list.map((text) => {
    if (text.includes('/')) return ipaddr.parseCIDR(text)
    const address = ipaddr.process(text)
    return [address, address.kind() === 'ipv4' ? 32 : 128]
  })
}

function isIn(address: Address, ranges: Range[]): boolean {
  return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match(base, bits))
}

/** The rightmost hop that no trusted proxy vouches for as one of its own; what stands left of it, anybody may have written. */
export function clientAddress(socketAddress: string, forwardedFor: string | null, trusted: Range[]): string {
  let client = socketAddress
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim())
  while (trusted.length > 0 && ipaddr.isValid(client) && isIn(ipaddr.process(client), trusted)) {
    const hop = hops
      .pop()
      ?.replace(/^\[(.*)\](:\d+)?$/, '$1')
      .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    if (hop === undefined || !ipaddr.isValid(hop)) break
    client = hop
  }
  return client
}

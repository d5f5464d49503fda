declare module 'http_ece' {
  import type { ECDH } from 'node:crypto'

  /** Opens a message of RFC 8188. */
  export function decrypt(
    sealed: Buffer,
    options: { version: 'aes128gcm'; privateKey: ECDH; authSecret: string },
  ): Buffer
}

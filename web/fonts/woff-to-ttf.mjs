// Unpacks a WOFF 1.0 font (W3C Recommendation of 13 December 2012) into the TrueType file that it wraps, for pictures: the
// renderer reads no WOFF. Usage: node woff-to-ttf.mjs FROM.woff TO.ttf
import { readFileSync, writeFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'

const [from, to] = process.argv.slice(2)
const woff = readFileSync(from)
if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error(`${from} is no WOFF file`)
const count = woff.readUInt16BE(12)
const tables = Array.from({ length: count }, (_, index) => {
  const entry = 44 + index * 20
  const [offset, packed, length] = [4, 8, 12].map((at) => woff.readUInt32BE(entry + at))
  const bytes = woff.subarray(offset, offset + packed)
  return {
    tag: woff.subarray(entry, entry + 4),
    checksum: woff.subarray(entry + 16, entry + 20),
    data: packed < length ? inflateSync(bytes) : bytes,
  }
})

const header = Buffer.alloc(12 + count * 16)
const power = 2 ** Math.floor(Math.log2(count))
woff.copy(header, 0, 4, 8)
header.writeUInt16BE(count, 4)
header.writeUInt16BE(power * 16, 6)
header.writeUInt16BE(Math.log2(power), 8)
header.writeUInt16BE((count - power) * 16, 10)
let offset = header.length
const parts = [header]
for (const [index, { tag, checksum, data }] of tables.entries()) {
  const entry = 12 + index * 16
  tag.copy(header, entry)
  checksum.copy(header, entry + 4)
  header.writeUInt32BE(offset, entry + 8)
  header.writeUInt32BE(data.length, entry + 12)
  const padding = Buffer.alloc((4 - (data.length % 4)) % 4)
  parts.push(data, padding)
  offset += data.length + padding.length
}
writeFileSync(to, Buffer.concat(parts))

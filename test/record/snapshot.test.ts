import { expect, test } from 'vitest'
import { freeze, type SnapshotFile, verifySnapshot } from '../../src/record/snapshot.ts'

async function aFile(): Promise<SnapshotFile> {
  const content = {
    format: 'outcry-snapshot/1',
    title: 'Acme Mail',
    series: [{ points: [{ count: 496, expected: 17.25 }] }],
  }
  const { id, hash } = await freeze(content)
  return {
    id,
    url: `https://outcry.example/snapshots/${id}`,
    takenAt: '2025-11-24T20:00:00.000Z',
    hash: { algorithm: 'SHA-256', canonicalization: 'RFC 8785', value: hash },
    content,
  }
}

test('a snapshot as downloaded is genuine, however it was indented', async () => {
  const file = await aFile()
  expect(await verifySnapshot(JSON.stringify(file))).toMatchObject({ isGenuine: true, id: file.id })
  expect(await verifySnapshot(JSON.stringify(file, null, 4))).toMatchObject({ isGenuine: true, hash: file.hash.value })
})

test('one changed figure is found', async () => {
  const file = await aFile()
  const forged = JSON.stringify(file).replace('496', '497')
  expect(await verifySnapshot(forged)).toMatchObject({ isGenuine: false })
})

test('a genuine content under another address is not genuine', async () => {
  expect(await verifySnapshot(JSON.stringify({ ...(await aFile()), id: '0'.repeat(20) }))).toMatchObject({
    isGenuine: false,
  })
})

test.each(['', 'not json', '[]', 'null', '{"content":1}', '{"hash":{"value":"x"}}'])(
  'what is no snapshot is not genuine: %j',
  async (text) => {
    expect(await verifySnapshot(text)).toMatchObject({ isGenuine: false })
  },
)

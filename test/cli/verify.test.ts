import { Readable, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { verify } from '../../src/cli/verify.ts'
import { freeze } from '../../src/record/snapshot.ts'

async function run(args: string[], input = '') {
  const said = { out: '', err: '' }
  const into = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        said[name] += chunk
        done()
      },
    })
  const status = await verify.run(args, {
    stdin: Readable.from([input]),
    stdout: into('out'),
    stderr: into('err'),
    env: {},
  })
  return { status, ...said }
}

test('says that a genuine snapshot is genuine', async () => {
  const content = { format: 'outcry-snapshot/1' }
  const { id, hash } = await freeze(content)
  const { status, out } = await run(['-'], JSON.stringify({ id, hash: { value: hash }, content }))
  expect([status, out]).toEqual([0, `genuine: snapshot ${id}, SHA-256 ${hash}\n`])
})

test('fails for a changed one, and says why', async () => {
  const { status, err } = await run(['-'], JSON.stringify({ id: 'x', hash: { value: 'y' }, content: 1 }))
  expect(status).toBe(1)
  expect(err).toMatch(/^not genuine: the content hashes to [0-9a-f]{64}/)
})

test('wants one file that it can read', async () => {
  expect((await run([])).status).toBe(2)
  expect((await run(['no-such-file.json'])).status).toBe(1)
})

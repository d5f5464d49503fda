import { PassThrough, Writable } from 'node:stream'
import { expect, test } from 'vitest'
import { createKeysCommand } from '../../src/cli/keys.ts'
import { call, createTestPorts } from '../support/program-ports.ts'
import { describeOnBothEngines } from '../support/storage.ts'

class Text extends Writable {
  text = ''
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk
    done()
  }
}

describeOnBothEngines('outcry keys', (storage) => {
  async function run(...args: string[]) {
    const stdout = new Text()
    const stderr = new Text()
    const command = createKeysCommand(async () => ({ ...storage(), close: async () => {} }))
    const status = await command.run(args, { stdin: new PassThrough(), stdout, stderr, env: {} })
    return { status, stdout: stdout.text, stderr: stderr.text }
  }

  test('issues a key that works, alone on standard output, and lists and revokes it', async () => {
    const issued = await run('issue', 'Status wall', '--scope', 'read', '--scope', 'webhooks', '--per-minute', '7')
    expect(issued.status).toBe(0)
    const key = issued.stdout.trim()
    expect(key).toMatch(/^outcry_live_\w{33}$/)
    const id = /key_\w+/.exec(issued.stderr)![0]
    const usage = await call(createTestPorts(storage()), '/v1/usage', { key })
    expect(await usage.json()).toMatchObject({ key: { id, scopes: ['read', 'webhooks'], quota: { perMinute: 7 } } })

    const list = await run('list')
    expect(list.stdout).toContain(`${id}  outcry_live_`)
    expect(list.stdout).not.toContain(key)
    expect(await run('revoke', id)).toMatchObject({ status: 0 })
    expect(await run('revoke', id)).toMatchObject({ status: 1 })
    expect((await run('list')).stdout).toContain('revoked')
    expect((await call(createTestPorts(storage()), '/v1/usage', { key })).status).toBe(401)
    expect(await storage().run('select actor, action, subject from audit_log order by id')).toEqual([
      { actor: 'command line', action: 'key.issued', subject: id },
      { actor: 'command line', action: 'key.revoked', subject: id },
    ])
  })

  test.each([
    [],
    ['issue'],
    ['issue', 'x', '--scope', 'write'],
    ['issue', 'x', '--trust', '2'],
    ['list', 'x'],
    ['drop', 'x'],
    ['list', '--nonsense'],
  ])('called wrongly as %s it says how it is called', async (...args: string[]) => {
    const { status, stderr } = await run(...args)
    expect(status).toBe(2)
    expect(stderr).toContain('Usage:')
  })
})

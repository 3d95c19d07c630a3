import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, mkdirSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readPolicyFile } from '../../../src/main/wire/read-policy-file.ts'
import { temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'

const TEXT = 'client_namespaces: [dev]\n'
const ROOT = process.getuid?.() === 0

async function policyFile(mode = 0o600): Promise<string> {
  const { path, remove } = await temporaryDirectory('policy')
  onTestFinished(remove)
  const file = join(path, 'policy.yaml')
  writeFileSync(file, TEXT)
  chmodSync(file, mode)
  return file
}
async function expectRefused(path: string, what: RegExp): Promise<void> {
  expect(problemOf(await readPolicyFile(path))).toMatchObject({
    reason: 'policy_invalid',
    message: expect.stringMatching(what),
    next: expect.stringContaining('--policy and an absolute path'),
  })
}

describe('the policy file', () => {
  it('that nobody named is no file, which is not an empty policy', async () => {
    expect(await readPolicyFile(undefined)).toEqual({ ok: true, value: null })
  })
  it.each([0o600, 0o400, 0o644, 0o640, 0o604])('with mode %o is read: others may look, not write', async (mode) => {
    expect(valueOf(await readPolicyFile(await policyFile(mode)))?.clientNamespaces).toEqual(['dev'])
  })
  it.each([0o620, 0o660, 0o602, 0o622, 0o666, 0o777])(
    'with mode %o is refused: others could write it',
    async (mode) => {
      await expectRefused(await policyFile(mode), /can be changed by other users/)
    },
  )
  it('with a relative path is refused: a working directory must not bring its own', async () => {
    const file = await policyFile()
    await expectRefused(relative(process.cwd(), file), /is not absolute/)
    for (const path of ['policy.yaml', './policy.yaml', '~/policy.yaml', ''])
      await expectRefused(path, /is not absolute/)
  })
  it('that is a symbolic link is refused, even to a good file', async () => {
    const file = await policyFile()
    symlinkSync(file, `${file}.link`)
    await expectRefused(`${file}.link`, /cannot be read \(ELOOP/)
  })
  it('that is not there, or is gone since, is refused and not taken for none', async () => {
    const file = await policyFile()
    valueOf(await readPolicyFile(file))
    unlinkSync(file)
    await expectRefused(file, /cannot be read \(ENOENT/)
  })
  it('that is a directory is refused', async () => {
    const file = await policyFile()
    mkdirSync(`${file}.d`, { mode: 0o700 })
    await expectRefused(`${file}.d`, /is no file/)
  })
  it('that is a pipe is refused at once, instead of waiting for somebody to write into it', async () => {
    const file = await policyFile()
    execFileSync('mkfifo', ['-m', '600', `${file}.pipe`])
    await expectRefused(`${file}.pipe`, /is no file/)
  })
  it('that is a device is refused', async () => {
    await expectRefused('/dev/null', /is no file|can be changed/)
  })
  it('that is not understood is refused, with the place in it', async () => {
    const file = await policyFile()
    for (const text of [
      'client_namespaces: ["*"]\n',
      'client_namespace: [dev]\n',
      'client_namespaces: dev\n',
      ': :\n',
    ]) {
      writeFileSync(file, text)
      expect(problemOf(await readPolicyFile(file))).toMatchObject({
        reason: 'policy_invalid',
        message: expect.stringMatching(/^Policy, line \d+, column \d+: /),
      })
    }
  })
  it('is read afresh each time', async () => {
    const file = await policyFile()
    const before = valueOf(await readPolicyFile(file))
    writeFileSync(file, 'client_namespaces: [dev, prod]\n')
    expect(valueOf(await readPolicyFile(file))?.revision).not.toBe(before?.revision)
  })
  it.runIf(ROOT)('that belongs to another user is refused', async () => {
    const file = await policyFile()
    chownSync(file, 65_534, 65_534)
    await expectRefused(file, /can be changed by other users/)
  })
  it('that belongs to root is read by everybody', async () => {
    // As root: a file of ours. As another: one that only an administrator can have put there, which is not a policy.
    const path = ROOT ? await policyFile() : '/etc/hostname'
    const read = await readPolicyFile(path)
    if (!read.ok) expect(read.problem.message).not.toMatch(/other users/)
  })
})

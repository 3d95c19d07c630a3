import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from './temporary-directory.ts'
import { withFileLock } from './with-file-lock.ts'

let lockFile: string
beforeEach(async () => {
  const directory = await temporaryDirectory('lock')
  onTestFinished(directory.remove)
  lockFile = join(directory.path, 'lock')
})

it('lets one work after the other, also when one fails', async () => {
  const events: string[] = []
  const work = async (name: string): Promise<void> => {
    events.push(`${name} begins`)
    await sleep(50)
    events.push(`${name} ends`)
    if (name === 'a') throw new Error('no')
  }
  const first = withFileLock(lockFile, async () => await work('a'))
  const second = withFileLock(lockFile, async () => await work('b'))
  await expect(first).rejects.toThrow('no')
  await second
  expect(events).toHaveLength(4)
  expect(events[0]?.[0]).toBe(events[1]?.[0])
  expect(existsSync(lockFile)).toBe(false)
})

it('does not wait for a holder that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['--eval', ''])
  await writeFile(lockFile, String(pid))
  expect(await withFileLock(lockFile, async () => await Promise.resolve('done'))).toBe('done')
})

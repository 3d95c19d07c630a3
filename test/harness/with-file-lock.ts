import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Runs `work` while holding `lockFile`, so that two test runs do not build the same thing at once. */
export async function withFileLock<Value>(lockFile: string, work: () => Promise<Value>): Promise<Value> {
  while (!(await tryLock(lockFile))) {
    // A run that was killed leaves its lock behind; nobody may wait for a process that is gone.
    if (await holderIsGone(lockFile)) await rm(lockFile, { force: true })
    else await sleep(500)
  }
  try {
    return await work()
  } finally {
    await rm(lockFile, { force: true })
  }
}

async function tryLock(lockFile: string): Promise<boolean> {
  try {
    const handle = await open(lockFile, 'wx')
    await handle.writeFile(String(process.pid))
    await handle.close()
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function holderIsGone(lockFile: string): Promise<boolean> {
  const text = await readFile(lockFile, 'utf8').catch(() => '')
  // Empty: its holder is between creating and writing it. Seen again next time.
  if (text === '') return false
  try {
    process.kill(Number(text), 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}

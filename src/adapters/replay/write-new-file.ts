import { randomBytes } from 'node:crypto'
import { link, lstat, open, rm } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { ReplayProblem } from './replay-problem.ts'
import { fileExists, writeError } from './write-error.ts'

/** Before a scan of minutes: could a recording be written there? */
export async function mayRecordTo(file: string): Promise<Result<true, ReplayProblem>> {
  return await writeNewFile(file, [], { keep: false })
}

/**
 * Writes a file that is whole or not there at all, for this user alone (0600). Something that is there already is not
 * touched. `keep: false`: only tries.
 */
export async function writeNewFile(
  file: string,
  parts: readonly Uint8Array[],
  { keep = true }: { readonly keep?: boolean } = {},
): Promise<Result<true, ReplayProblem>> {
  const path = resolve(file)
  const unfinished = join(dirname(path), `.krr-mcp-${randomBytes(8).toString('hex')}.part`)
  try {
    if (await isThere(path)) return failed(fileExists(file))
    await write(unfinished, parts)
    // Not `rename`: that replaces what another made there in the meantime. A link is refused then, and follows none.
    if (keep) await link(unfinished, path)
    return ok(true)
  } catch (error) {
    return failed(writeError(file, error))
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined)
  }
}

async function write(path: string, parts: readonly Uint8Array[]): Promise<void> {
  // `wx`: fails where there is anything, be it a link that leads nowhere.
  const handle = await open(path, 'wx', 0o600)
  try {
    for (const part of parts) await handle.writeFile(part)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A link that leads nowhere is something, too. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch (error) {
    if (Reflect.get(Object(error), 'code') === 'ENOENT') return false
    throw error
  }
}

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { plainText } from '../../../model/plain-text.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { credentialFailed } from './credential-failed.ts'

const MOST_BYTES = 256 * 1024

/** The text of a file that holds a credential. Read anew at each call: such files are rotated. */
export async function readSecretFile(path: string): Promise<Result<string>> {
  try {
    // A pipe would be waited for, and what it says is gone when it is read again.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
    const stats = await file.stat()
    if (!stats.isFile() || stats.size > MOST_BYTES) return unreadable(path, 'it is no small file')
    return ok(await file.readFile('utf8'))
  } catch (error) {
    return unreadable(path, error instanceof Error && 'code' in error ? String(error.code) : 'unknown error')
  }
}

const unreadable = (path: string, why: string): Result<never> =>
  failed(
    credentialFailed(
      `The file ${plainText(path)} cannot be read (${why}).`,
      `Check that ${plainText(path)} exists and that you may read it.`,
    ),
  )

import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { plainText } from '../../model/plain-text.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'

/** Writes a report that the operator named, whole or not at all; one that is there is replaced. Only this user may read it. */
export async function writeReport(file: string, text: string): Promise<Result<true>> {
  const path = resolve(file)
  const unfinished = join(dirname(path), `.${basename(path)}.${randomBytes(6).toString('hex')}`)
  try {
    await writeFile(unfinished, text, { flag: 'wx', mode: 0o600 })
    // A link of that name is replaced, not followed.
    await rename(unfinished, path)
    return ok(true)
  } catch (error) {
    const why = error instanceof Error ? plainText(error.message, 200) : 'it cannot be written'
    return failed(
      problem(
        'bad_setting',
        `${plainText(file, 200)} cannot be written: ${why}.`,
        'Name another file with --fileoutput.',
      ),
    )
  } finally {
    await rm(unfinished, { force: true }).catch(() => undefined)
  }
}

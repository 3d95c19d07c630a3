import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { parsePolicy } from '../../safety/policy/parse-policy.ts'
import type { Policy } from '../../safety/policy/policy.ts'

const invalid = (message: string): Result<never> =>
  failed(
    problem(
      'policy_invalid',
      message,
      'Name the file with --policy and an absolute path; only you may be able to write to it.',
    ),
  )

/**
 * The operator's policy, read afresh each time. Never from a working directory (a repository that an assistant works in
 * must not bring its own), and not when others could write to it.
 */
export async function readPolicyFile(path: string | undefined): Promise<Result<Policy | null>> {
  if (path === undefined) return ok(null)
  if (!isAbsolute(path)) return invalid(`The policy path "${path.slice(0, 100)}" is not absolute.`)
  try {
    await using file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const stats = await file.stat()
    // A pipe would be waited for, and what it says is gone when it is read again.
    if (!stats.isFile()) return invalid(`The policy path ${path} is no file.`)
    const foreign = process.getuid && stats.uid !== process.getuid() && stats.uid !== 0
    if (foreign || (stats.mode & 0o022) !== 0) return invalid(`The policy file ${path} can be changed by other users.`)
    return parsePolicy(await file.readFile('utf8'))
  } catch (error) {
    return invalid(
      `The policy file ${path} cannot be read (${error instanceof Error ? error.message : 'unknown error'}).`,
    )
  }
}

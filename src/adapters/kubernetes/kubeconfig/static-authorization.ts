import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { failed, ok, type Result } from '../../../model/result.ts'
import { credentialFailed } from './credential-failed.ts'
import type { UserEntry } from './kubeconfig-entries.ts'

/** A header value by token file, token or user name and password; undefined when the entry has none of them. */
export async function staticAuthorization(user: UserEntry, file: string): Promise<Result<string | undefined>> {
  if (user.tokenFile !== undefined) return bearerFromFile(user, resolve(dirname(file), user.tokenFile))
  if (user.token !== undefined) return bearer(user.token, `of the user in ${file}`)
  if (user.username === undefined && user.password === undefined) return ok(undefined)
  const pair = `${user.username ?? ''}:${user.password ?? ''}`
  return ok(`Basic ${Buffer.from(pair, 'utf8').toString('base64')}`)
}

/** Is there a token, a token file or a password in this entry? */
export const hasStaticAuthorization = (user: UserEntry): boolean =>
  [user.token, user.tokenFile, user.username, user.password].some((field) => field !== undefined)

// Read at each request: such files are rotated, and a file's last content wins over `token` (as for kubectl).
async function bearerFromFile(user: UserEntry, path: string): Promise<Result<string>> {
  try {
    return bearer(await readFile(path, 'utf8'), `in ${path}`)
  } catch (error) {
    if (user.token) return bearer(user.token, 'of the user')
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    return failed(
      credentialFailed(
        `The token file ${path} cannot be read (${code}).`,
        `Check that ${path} exists and that you may read it.`,
      ),
    )
  }
}

/** `Bearer …`, or a problem: an empty or broken token would be sent as no token at all, that is as nobody. */
export function bearer(token: string, where: string): Result<string> {
  const trimmed = token.trim()
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    return failed(
      credentialFailed(
        `The token ${where} is empty or holds characters that no token has.`,
        'Log in again, or write a valid token there.',
      ),
    )
  return ok(`Bearer ${trimmed}`)
}

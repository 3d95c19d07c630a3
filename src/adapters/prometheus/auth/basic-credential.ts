import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { Credential } from './credential.ts'
import { readSecretFile } from './read-secret-file.ts'

/** User and password (RFC 7617); the password stands in a file, so that it is in no process list. */
export function basicCredential(user: string, passwordFile: string): Result<Credential> {
  // The first colon ends the user: the rest of the name would become part of the password.
  if (user === '' || user.includes(':')) return failed(wrongUser)
  return ok({
    headersFor: async () => {
      const text = await readSecretFile(passwordFile)
      if (!text.ok) return text
      // The line break is the editor's, everything else may be part of a password.
      const password = text.value.replace(/\r?\n$/, '')
      return ok({ authorization: `Basic ${Buffer.from(`${user}:${password}`, 'utf8').toString('base64')}` })
    },
    refused: () => false,
  })
}

const wrongUser = problem(
  'bad_setting',
  'The user for Prometheus is empty or has a colon in it.',
  'Give it as --prometheus-user NAME, and the password in a file with --prometheus-password-file.',
)

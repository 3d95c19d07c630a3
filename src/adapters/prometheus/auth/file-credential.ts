import { readFileSync } from 'node:fs'
import { ok } from '../../../model/result.ts'
import type { Credential } from './credential.ts'
import { asAuthorization, headerValue } from './header-value.ts'
import { readSecretFile } from './read-secret-file.ts'

/** A bearer token or header value in a file that somebody else keeps fresh (a service account's, a sidecar's). */
export function fileCredential(path: string): Credential {
  let sent: string | undefined
  return {
    headersFor: async () => {
      const text = await readSecretFile(path)
      if (!text.ok) return text
      const value = headerValue(text.value, `The file ${path}`)
      if (!value.ok) return value
      sent = text.value
      return ok({ authorization: asAuthorization(value.value) })
    },
    // The same token again would be refused again.
    refused: () => contentOf(path) !== sent,
  }
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

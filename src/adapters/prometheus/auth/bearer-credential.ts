import { ok, type Result } from '../../../model/result.ts'
import type { Credential } from './credential.ts'
import { renewing, type Perishable } from './renewing.ts'

/** A bearer token that is fetched, kept until shortly before it expires, and fetched again. */
export function bearerCredential(
  fetchToken: () => Promise<Result<Perishable<string>>>,
  now: () => number = Date.now,
): Credential {
  const token = renewing(fetchToken, now)
  return {
    headersFor: async () => {
      const value = await token.get()
      return value.ok ? ok({ authorization: `Bearer ${value.value}` }) : value
    },
    refused: () => token.forget(),
  }
}

import { failed, ok, type Result } from '../../../model/result.ts'
import { credentialFailed } from './credential-failed.ts'
import { jsonMember, jsonText } from './json-member.ts'
import type { Perishable } from './renewing.ts'

/** `access_token` and `expires_in` of an OAuth 2 answer (RFC 6749 §5.1); Azure's metadata service writes the number as text. */
export function accessToken(body: string, now: number): Result<Perishable<string>> {
  const token = jsonText(body, 'access_token')
  const seconds = Number(jsonMember(body, 'expires_in'))
  if (!/^[\x21-\x7e]+$/.test(token) || !Number.isFinite(seconds) || seconds <= 0) return failed(malformed)
  return ok({ value: token, expiresAt: now + seconds * 1000 })
}

const malformed = credentialFailed(
  'A token endpoint answered with something that holds no token.',
  'Check that its address is right and that no proxy answers in its place.',
)

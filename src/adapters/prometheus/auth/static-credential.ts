import { ok } from '../../../model/result.ts'
import type { Result } from '../../../model/result.ts'
import type { Credential } from './credential.ts'
import { headerValue } from './header-value.ts'

/** An `Authorization` header that never changes. */
export function staticCredential(value: string): Result<Credential> {
  const authorization = headerValue(value, 'The Authorization header for Prometheus')
  if (!authorization.ok) return authorization
  const headers = { authorization: authorization.value }
  return ok({ headersFor: () => Promise.resolve(ok(headers)), refused: () => false })
}

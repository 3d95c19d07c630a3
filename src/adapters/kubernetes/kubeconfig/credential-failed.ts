import { problem, type Problem } from '../../../model/problem.ts'
import { plainText } from '../../../model/plain-text.ts'

/** `why` may hold another program's words; it is made harmless here. */
export const credentialFailed = (why: string, next: string): Problem =>
  problem('credential_failed', plainText(why, 600), next)

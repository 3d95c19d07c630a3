import { problem, type Problem } from '../../../model/problem.ts'

/** A credential that cannot be had: nothing is then sent. Never quotes the credential. */
export const credentialFailed = (message: string, next: string): Problem => problem('credential_failed', message, next)

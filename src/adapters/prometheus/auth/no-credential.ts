import { ok } from '../../../model/result.ts'
import type { Credential } from './credential.ts'

/** Nothing at all: for addresses that need none, and for every address that nobody configured. */
export const noCredential: Credential = { headersFor: () => Promise.resolve(ok({})), refused: () => false }

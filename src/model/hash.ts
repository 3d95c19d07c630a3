import { createHash } from 'node:crypto'
import { canonicalJson } from './canonical-json.ts'

/** SHA-256 in lower-case hex. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 of the canonical JSON. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value))

import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'

// The package is CommonJS with an ESM-style default in its types; under nodenext the function is the namespace itself.
const toCanonical = canonicalize as unknown as (value: unknown) => string | undefined

/** RFC 8785: one text per value, whatever the order of its keys. Undefined members are absent. */
export function canonicalJson(value: unknown): string {
  const text = toCanonical(value)
  if (text === undefined) throw new Error('only JSON values have a canonical form')
  return text
}

/** SHA-256 in lower-case hex. */
export const sha256 = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex')

/** SHA-256 of the canonical JSON. */
export const digestOf = (value: unknown): string => sha256(canonicalJson(value))

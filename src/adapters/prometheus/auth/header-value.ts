import { credentialFailed } from './credential-failed.ts'
import { failed, ok, type Result } from '../../../model/result.ts'

/** An `Authorization` value: one line of what a header can carry; with a line break it would bring headers of its own. */
export function headerValue(text: string, where: string): Result<string> {
  const value = text.trim()
  if (value === '') return failed(credentialFailed(`${where} is empty.`, NEXT))
  if (!/^[\x20-\x7e]+$/.test(value))
    return failed(credentialFailed(`${where} is not one line of ASCII characters.`, NEXT))
  return ok(value)
}

/** A bare token is a bearer token; what has a scheme in front (`Basic …`) is taken as it is. */
export const asAuthorization = (value: string): string => (/^\S+\s+\S/.test(value) ? value : `Bearer ${value}`)

const NEXT = 'Give a bearer token, or a whole value such as `Basic …`.'

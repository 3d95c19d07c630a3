import type { JsonObject } from '../../../model/json.ts'
import { plainText } from '../../../model/plain-text.ts'

/** The `message` of a Kubernetes `Status`, made harmless; undefined when the body is none. */
export function statusText(body: JsonObject | undefined): string | undefined {
  return typeof body?.message === 'string' && body.message !== '' ? plainText(body.message) : undefined
}

/** `field: message` of each cause in a `Status`, made harmless. */
export function statusCauses(body: JsonObject | undefined): readonly string[] {
  const details = body?.details
  if (typeof details !== 'object' || details === null || !('causes' in details) || !Array.isArray(details.causes))
    return []
  return (details.causes as readonly JsonObject[])
    .slice(0, 10)
    .map(({ field, message }) => plainText(`${textOf(field)}: ${textOf(message)}`, 200))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '?')

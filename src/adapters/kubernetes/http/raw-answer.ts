import type { JsonObject } from '../../../model/json.ts'

/** What came back, before it is judged. */
export interface RawAnswer {
  readonly status: number
  readonly header: (name: string) => string | undefined
  readonly warnings: readonly string[]
  readonly text: string
  /** Undefined: the body is no JSON object. Parsed when read. */
  readonly json: JsonObject | undefined
}

/** Parsed without a reviver (three times slower) and without a schema: objects are handed on verbatim. */
export function jsonObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

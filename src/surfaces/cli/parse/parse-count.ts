import { failed, ok, type Result } from '../../../model/result.ts'

/** A whole number, at least one. */
export function parseCount(text: string): Result<number, string> {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : 0
  return value >= 1 ? ok(value) : failed('It takes a whole number, at least 1.')
}

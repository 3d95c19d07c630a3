import { failed, ok, type Result } from '../../../model/result.ts'

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

/** A finite decimal number. What it may be is judged where it is used. */
export function parseNumber(text: string): Result<number, string> {
  const value = NUMBER.test(text.trim()) ? Number(text) : Number.NaN
  return Number.isFinite(value) ? ok(value) : failed('It takes a number.')
}

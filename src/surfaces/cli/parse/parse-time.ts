import { failed, ok, type Result } from '../../../model/result.ts'
import { unixSeconds, type UnixSeconds } from '../../../model/time.ts'

const SECONDS = /^\d{1,11}(\.\d+)?$/
const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d))?$/i

/** A time as `2026-11-24T13:00:00Z`, a day (from its start, UTC), or seconds since 1970. Whole seconds. */
export function parseTime(text: string): Result<UnixSeconds, string> {
  const typed = text.trim()
  if (SECONDS.test(typed)) return ok(unixSeconds(Math.floor(Number(typed))))
  const at = ISO.test(typed) ? Date.parse(typed.toUpperCase()) : Number.NaN
  // A time without a zone would mean something else on the next machine.
  if (Number.isNaN(at))
    return failed('It takes 2026-11-24T13:00:00Z (with Z or an offset like +01:00), a day, or seconds since 1970.')
  return ok(unixSeconds(Math.floor(at / 1000)))
}

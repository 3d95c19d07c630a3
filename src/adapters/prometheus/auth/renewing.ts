import { ok, type Result } from '../../../model/result.ts'

/** Something that is good for a while. */
export interface Perishable<Value> {
  readonly value: Value
  /** Milliseconds since 1970; undefined: for ever. */
  readonly expiresAt: number | undefined
}
export interface Renewing<Value> {
  get(): Promise<Result<Value>>
  /** Forgets it; false when it is so fresh that another would be no better. */
  forget(): boolean
}

/** As the vendors' own libraries: clocks differ, and a long scan must not end with an old token. */
const EARLY_MS = 5 * 60_000
const FRESH_MS = 30_000

/** Keeps what was fetched until shortly before it expires; many who ask at once share one fetch. */
export function renewing<Value>(fetchIt: () => Promise<Result<Perishable<Value>>>, now: () => number): Renewing<Value> {
  let kept: (Perishable<Value> & { readonly since: number }) | undefined
  let fetching: Promise<Result<Perishable<Value>>> | undefined
  const isGood = (): boolean => kept !== undefined && (kept.expiresAt ?? Infinity) - EARLY_MS > now()
  const renew = async (): Promise<Result<Value>> => {
    fetching ??= fetchIt()
    const fetched = await fetching
    fetching = undefined
    if (!fetched.ok) return fetched
    kept = { ...fetched.value, since: now() }
    return ok(fetched.value.value)
  }
  return {
    get: async () => (kept && isGood() ? ok(kept.value) : renew()),
    forget: () => {
      if (!kept || now() - kept.since < FRESH_MS) return false
      kept = undefined
      return true
    },
  }
}

import type { LostQuery } from '../../ports/krr-engine.ts'

/** Which of krr's queries never had an answer. */
export interface Losses {
  /** Another try of this query: what was lost, or undefined where it went well. */
  note(query: string, lost: LostQuery | undefined): void
  list(): readonly LostQuery[]
}

/** krr tries so many times, then takes it that there is nothing. */
const TRIES = 5

/**
 * Lost is what failed at its last try, and what failed as often as krr tries: krr asks for the pods of a workload once
 * per container, so that a success may be another container's.
 */
export function lossesOf(): Losses {
  const failures = new Map<string, { readonly lost: LostQuery; readonly times: number; readonly last: boolean }>()
  return {
    note: (query, lost) => {
      const known = failures.get(query)
      if (lost) failures.set(query, { lost, times: (known?.times ?? 0) + 1, last: true })
      else if (known) failures.set(query, { ...known, last: false })
    },
    list: () => [...failures.values()].filter(({ times, last }) => last || times >= TRIES).map(({ lost }) => lost),
  }
}

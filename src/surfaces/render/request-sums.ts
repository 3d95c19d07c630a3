import type { Recommended, ScanRow } from '../../model/recommendation.ts'

export interface RequestSums {
  /** Cores or bytes, over all running pods. */
  readonly current: number
  readonly recommended: number
  /** How many rows are in the sums. */
  readonly rows: number
}

/** Requests now and as recommended. Rows without one of the two are left out of both: a sum of some against a sum of all would mislead. */
export function requestSums(rows: readonly ScanRow[], resource: 'cpu' | 'memory'): RequestSums {
  const both = rows.flatMap((row) => {
    const current: Recommended = row.container.allocations.requests[resource]
    const recommended = row.requests[resource].value
    const running = row.pods.filter((pod) => !pod.deleted).length
    return typeof current === 'number' && typeof recommended === 'number' ? [{ current, recommended, running }] : []
  })
  const sum = (of: 'current' | 'recommended'): number =>
    both.reduce((total, each) => total + each[of] * each.running, 0)
  return { current: sum('current'), recommended: sum('recommended'), rows: both.length }
}

import type { ScanRow } from '../../model/recommendation.ts'
import { movedValues } from './moved-values.ts'

/** Four GiB weigh as much as one core, about what both cost. */
const BYTES_PER_CORE = 4 * 2 ** 30

/**
 * How much a row moved since, over its running pods, in cores; a row alone: how much is recommended for it. Requests only:
 * they are what is paid for. What is not set, or withheld, counts as nothing.
 */
export function rowWeight(row: ScanRow, was?: ScanRow): number {
  const pods = row.pods.filter(({ deleted }) => !deleted).length
  const amount = (value: unknown, resource: 'cpu' | 'memory'): number =>
    (typeof value === 'number' ? value : 0) / (resource === 'cpu' ? 1 : BYTES_PER_CORE)
  if (!was)
    return pods * (['cpu', 'memory'] as const).reduce((sum, each) => sum + amount(row.requests[each].value, each), 0)
  const requests = movedValues(was, row).filter(({ part }) => part === 'requests')
  return (
    pods *
    requests.reduce(
      (sum, { before, after, resource }) => sum + Math.abs(amount(after, resource) - amount(before, resource)),
      0,
    )
  )
}

import type { Recommended, ScanRow } from '../../model/recommendation.ts'
import type { MovedValue } from '../../model/scan-diff.ts'

const RESOURCES = ['cpu', 'memory'] as const
const PARTS = ['requests', 'limits'] as const

/** Every value of a container that is not what it was. */
export function movedValues(was: ScanRow, now: ScanRow): readonly MovedValue[] {
  return RESOURCES.flatMap((resource) =>
    PARTS.flatMap((part) => {
      const name = { part, resource }
      const current = [was, now].map(({ container }): Recommended => container.allocations[part][resource])
      const recommended = [was, now].map((row) => row[part][resource].value)
      return [...moved({ what: 'current', ...name }, current), ...moved({ what: 'recommended', ...name }, recommended)]
    }),
  )
}

function moved(
  name: Pick<MovedValue, 'what' | 'part' | 'resource'>,
  [before = null, after = null]: readonly Recommended[],
): readonly MovedValue[] {
  if (before === after) return []
  const by = typeof before === 'number' && typeof after === 'number' ? after - before : null
  return [{ ...name, before, after, by }]
}

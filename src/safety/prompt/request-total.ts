import { parseQuantity } from '../../model/quantity.ts'
import type { PlanStep, ResourceName } from '../../model/plan.ts'

/** What the requests of all replicas sum up to: after minus before, in cores or bytes. */
export function requestTotal(steps: readonly PlanStep[], resource: ResourceName): number {
  const number = (text: string | null): number => (text === null ? 0 : (parseQuantity(text) ?? 0))
  return steps
    .flatMap(({ changes, podsAffected }) =>
      changes.flatMap(({ fields }) =>
        fields
          .filter((field) => field.part === 'requests' && field.resource === resource)
          .map(({ before, after }) => (number(after) - number(before)) * podsAffected),
      ),
    )
    .reduce((sum, each) => sum + each, 0)
}

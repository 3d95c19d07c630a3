import type { PlanStep, ResourceName } from '../../model/plan.ts'
import { MEBIBYTE, parseQuantity } from '../../model/quantity.ts'

const amount = (text: string | null): number => (text === null ? 0 : (parseQuantity(text) ?? 0))

/** After minus before, over all pods; what was not set counts as nothing. Cores or bytes. */
function requestChange(steps: readonly PlanStep[], resource: ResourceName): number {
  const changes = steps.flatMap(({ changes: containers, podsAffected }) =>
    containers.flatMap(({ fields }) =>
      fields
        .filter((field) => field.part === 'requests' && field.resource === resource)
        .map(({ before, after }) => (amount(after) - amount(before)) * podsAffected),
    ),
  )
  return changes.reduce((sum, each) => sum + each, 0)
}

/** A plan in numbers for a model. */
export const planTotalsData = (steps: readonly PlanStep[]): Readonly<Record<string, number>> => ({
  workloads: steps.length,
  containers: steps.reduce((sum, { changes }) => sum + changes.length, 0),
  pods_affected: steps.reduce((sum, { podsAffected }) => sum + podsAffected, 0),
  cpu_request_change_millicores: Math.round(requestChange(steps, 'cpu') * 1000),
  memory_request_change_mib: Math.round(requestChange(steps, 'memory') / MEBIBYTE),
})

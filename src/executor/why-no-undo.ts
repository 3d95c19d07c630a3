import type { ContainerChange, FieldChange, Plan, PlanStep, ResourcePart } from '../model/plan.ts'
import { parseQuantity } from '../model/quantity.ts'
import type { FailureCause } from '../model/verification.ts'
import type { Failure } from './verify/judged.ts'
import type { StepBaseline } from './verify/step-baseline.ts'

/** What resources can cause. Anything else is not made better by undoing them, or is not ours to undo. */
const CURABLE: readonly FailureCause[] = [
  'oom_killed',
  'crash_loop',
  'restarts',
  'not_ready',
  'rollout_deadline',
  'unschedulable',
  'failed_create',
]
const NOT_OURS: Partial<Record<FailureCause, string>> = {
  image_pull: 'an image that cannot be pulled has nothing to do with resources',
  reverted: 'somebody else took the change back already',
  superseded: 'somebody else has changed the workload since, and undoing could undo their work',
}

/** Late for whatever reason: a workload that never was ready is no worse off for the change. */
const LATE: readonly FailureCause[] = ['not_ready', 'rollout_deadline']

interface Case {
  readonly failure: Failure
  readonly step: PlanStep
  readonly baseline: StepBaseline
}

/** Why a failed step is not undone by itself, as a clause; undefined when it is. */
export function whyNoUndo(plan: Plan, { failure, step, baseline }: Case): string | undefined {
  if (!CURABLE.includes(failure.cause)) return NOT_OURS[failure.cause] ?? 'resources are not the cause'
  if (!plan.verification.undoOnFailure) return 'the plan says not to undo by itself'
  // Taking memory away from what ran out of memory would make it worse, whoever asked for it.
  if (failure.cause === 'oom_killed' && undoLowersMemory(step, failure.container))
    return 'undoing would lower the memory of what ran out of memory'
  if (failure.cause === 'crash_loop' && wasSo(baseline, failure.container))
    return 'it was crash looping before the change already'
  if (LATE.includes(failure.cause) && baseline.ready === 0 && baseline.replicas > 0)
    return 'none of its pods was ready before the change either'
  return undefined
}

const wasSo = ({ troubles }: StepBaseline, container: string | undefined): boolean =>
  container !== undefined && troubles.some((trouble) => trouble.startsWith(`${container} `))

function undoLowersMemory({ changes }: PlanStep, container: string | undefined): boolean {
  const change = changes.find((each) => each.container === container)
  if (!change) return false
  // The limit is what kills; the request matters only where the limit stays as it was.
  const field = memory(change, 'limits') ?? memory(change, 'requests')
  return field !== undefined && amount(field.before, field.part) < amount(field.after, field.part)
}

const memory = ({ fields }: ContainerChange, part: ResourcePart): FieldChange | undefined =>
  fields.find((field) => field.part === part && field.resource === 'memory')

/** No limit is more than any limit; no request is less than any request. */
function amount(value: string | null, part: ResourcePart): number {
  if (value === null) return part === 'limits' ? Infinity : 0
  return parseQuantity(value) ?? Number.NaN
}

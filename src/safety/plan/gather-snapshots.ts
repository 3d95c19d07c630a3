import type { KubeObject } from '../../model/observation.ts'
import type { Binding } from '../../model/recommendation.ts'
import { workloadKey } from '../../model/workload.ts'
import type { Reading, Snapshot } from '../checks/snapshot.ts'
import type { Change } from './freeze-request.ts'
import { gatherAutoscalers } from './gather-autoscalers.ts'
import type { PlanPorts } from './plan-wish.ts'

/** A workload read fresh, and what is to change in it. */
export interface Draft extends Change {
  readonly object: KubeObject
}

const UNREAD: Reading = { kind: 'unreadable', why: 'they were not listed' }

/** Everything the checks may know, read once for all workloads of the plan. */
export async function gatherSnapshots(
  drafts: readonly Draft[],
  ports: PlanPorts,
  binding: Binding | null,
): Promise<readonly Snapshot[]> {
  const autoscalers = await gatherAutoscalers(
    drafts.map((draft) => draft.target.namespace),
    ports,
  )
  return drafts.map((draft) => ({
    subject: workloadKey(draft.target),
    target: draft.target,
    object: draft.object,
    changes: draft.changes,
    autoscalers: autoscalers.get(draft.target.namespace) ?? UNREAD,
    binding,
  }))
}

import type { CheckResult } from '../../model/plan.ts'
import type { Binding } from '../../model/recommendation.ts'
import { allChecks } from '../checks/all-checks.ts'
import { runCheck } from '../checks/check.ts'
import type { FrozenDraft } from './frozen-draft.ts'
import { gatherSnapshots } from './gather-snapshots.ts'
import { inParallel } from './in-parallel.ts'
import type { PlanPorts } from './plan-wish.ts'
import { proveStep } from './prove-step.ts'

/** What every check and the API server's dry run say, workload by workload. */
export async function checkDrafts(
  drafts: readonly FrozenDraft[],
  ports: PlanPorts,
  binding: Binding | null,
): Promise<readonly CheckResult[]> {
  const snapshots = await gatherSnapshots(drafts, ports, binding)
  const checked = snapshots.map((snapshot) => allChecks.flatMap((check) => runCheck(check, snapshot)))
  const proven = await inParallel(drafts, (draft) => proveStep(draft.object, draft, ports))
  return drafts.flatMap((_, index) => [...(checked[index] ?? []), ...(proven[index] ?? [])])
}

import type { PlanTarget } from '../../model/plan.ts'
import type { ScanRow } from '../../model/recommendation.ts'
import { workloadKey } from '../../model/workload.ts'
import type { LeftOut } from './left-out.ts'

const KINDS: readonly PlanTarget['kind'][] = ['Deployment', 'StatefulSet', 'DaemonSet']

/** The chosen rows of one workload: they become one step, because two writes would be two rollouts. */
export interface RowGroup {
  readonly target: PlanTarget
  readonly rows: readonly ScanRow[]
}
export interface Grouped {
  readonly groups: readonly RowGroup[]
  readonly leftOut: readonly LeftOut[]
}

const supported = (kind: string): PlanTarget['kind'] | undefined => KINDS.find((each) => each === kind)

/** One group per workload, in the scan's order; kinds whose template we cannot change are left out. */
export function groupRows(rows: readonly ScanRow[]): Grouped {
  const groups = new Map<string, RowGroup>()
  const leftOut: LeftOut[] = []
  for (const row of rows) {
    const { namespace, name, uid } = row.container
    const kind = supported(row.container.kind)
    if (!kind) {
      leftOut.push({ row: row.row, why: `kind_not_supported: a ${row.container.kind} is not changed by this tool yet` })
      continue
    }
    const key = workloadKey(row.container)
    const known = groups.get(key)
    groups.set(key, { target: known?.target ?? { kind, namespace, name, uid }, rows: [...(known?.rows ?? []), row] })
  }
  return { groups: [...groups.values()], leftOut }
}

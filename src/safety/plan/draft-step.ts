import type { KubeObject } from '../../model/observation.ts'
import type { CheckResult, ContainerChange } from '../../model/plan.ts'
import type { ScanRow } from '../../model/recommendation.ts'
import { ok, type Result } from '../../model/result.ts'
import { quoted } from '../../model/safe-text.ts'
import { workloadKey } from '../../model/workload.ts'
import { lookText } from '../checks/look.ts'
import { containerChange } from './container-change.ts'
import type { Draft } from './gather-snapshots.ts'
import type { RowGroup } from './group-rows.ts'
import type { LeftOut } from './left-out.ts'
import type { FieldChoice, PlanPorts } from './plan-wish.ts'
import { templateContainers } from './pod-template.ts'

/** What the chosen rows of one workload come to, against the workload as it is now. */
export interface DraftOutcome {
  /** Null where nothing of this workload would be different. */
  readonly draft: Draft | null
  readonly leftOut: readonly LeftOut[]
  readonly notes: readonly CheckResult[]
}

const none = ({ rows }: RowGroup, why: string): DraftOutcome => ({
  draft: null,
  leftOut: rows.map(({ row }) => ({ row, why })),
  notes: [],
})

const whyNoContainer = ({ container }: ScanRow): string =>
  container.sidecar
    ? `${quoted(container.container)} is a native sidecar (an init container that keeps running), which this tool does not change`
    : `the workload has no container ${quoted(container.container)} any more`

function fromLive(object: KubeObject, group: RowGroup, only: readonly FieldChoice[]): DraftOutcome {
  const containers = templateContainers(object)
  const changes: ContainerChange[] = []
  const leftOut: LeftOut[] = []
  const notes: CheckResult[] = []
  for (const row of group.rows) {
    const live = containers.find((each) => each.name === row.container.container)
    if (!live) {
      leftOut.push({ row: row.row, why: whyNoContainer(row) })
      continue
    }
    const { change, withheld } = containerChange(live, row, only)
    if (change) {
      changes.push(change)
      // A field that was asked for and is not in the plan must be said where the row itself is in it.
      const said = withheld.map((why) => `Row ${row.row} (${quoted(live.name)}): ${why}.`)
      notes.push(
        ...said.map((message): CheckResult => ({
          check: 'withheld',
          verdict: 'note',
          subject: workloadKey(group.target),
          message,
          next: '',
        })),
      )
    } else
      leftOut.push({ row: row.row, why: withheld.length > 0 ? withheld.join('; ') : 'it has these values already' })
  }
  const draft = changes.length > 0 ? { target: group.target, object, changes } : null
  return { draft, leftOut, notes }
}

/** Reads the workload fresh: a plan rests on what is there now, not on what the scan saw. */
export async function draftStep(
  group: RowGroup,
  only: readonly FieldChoice[],
  { objects }: PlanPorts,
): Promise<Result<DraftOutcome>> {
  const live = await objects.workload(group.target)
  if (!live.ok) {
    return live.problem.reason === 'api_not_found' ? ok(none(group, 'the workload does not exist any more')) : live
  }
  // The same name may be another workload by now; the numbers are of the one that was scanned.
  if (lookText(live.value, 'metadata', 'uid') !== group.target.uid)
    return ok(none(group, 'the workload was deleted and made anew since the scan; scan again'))
  return ok(fromLive(live.value, group, only))
}

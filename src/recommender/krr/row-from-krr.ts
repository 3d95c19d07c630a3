import type { Allocations, ObservedAutoscaler, ObservedContainer } from '../../model/observation.ts'
import type { ScanRow, WithheldRow } from '../../model/recommendation.ts'
import type { KrrRow, LostQuery } from '../../ports/krr-engine.ts'
import type { MadeRow } from '../row/scan-row.ts'
import { krrEvidence } from './krr-evidence.ts'
import type { KrrSaid } from './krr-evidence.ts'
import { lostForRow } from './lost-for-row.ts'

export interface KrrRowInput extends KrrSaid {
  readonly row: number
  readonly container: ObservedContainer
  readonly found: readonly KrrRow[]
  /** As the cluster has it. */
  readonly autoscaler: ObservedAutoscaler | null
  readonly lost: readonly LostQuery[]
}

/** A listed container with krr's numbers for it, or withheld with the reason why krr's answer is none. */
export function rowFromKrr(input: KrrRowInput): MadeRow {
  const { row, container, found, lost } = input
  const [krr, ...more] = found
  const withheld = (reason: string): MadeRow => ({
    kind: 'withheld',
    row: { row, container, reason } satisfies WithheldRow,
  })
  if (!krr) return withheld(leftOut(container))
  if (more.length > 0) return withheld(`krr gave ${found.length} answers for this container`)
  // The same name in another cluster, or a change while krr was looking: severities would be about something else.
  if (!sameAllocations(krr.allocations, container.allocations)) {
    return withheld('krr saw other requests or limits than the cluster has; scan again if they were changed just now')
  }
  // krr that may not list autoscalers, or fails to, takes it that there are none.
  if (input.autoscaler !== null && krr.autoscaler === null) {
    return withheld('krr did not see the autoscaler that works on it, and would have sized it as if there were none')
  }
  const incomplete = lostForRow(krr, lost)
  if (incomplete !== undefined) return withheld(incomplete)
  return { kind: 'row', row: scanRow(input, krr) }
}

function scanRow({ row, container, ...said }: KrrRowInput, krr: KrrRow): ScanRow {
  const { pods, warnings, requests, limits, info, severity } = krr
  return {
    row,
    container,
    pods,
    autoscaler: autoscalerOf(container, krr),
    warnings,
    requests,
    limits,
    info,
    severity,
    evidence: krrEvidence(krr, said),
    marks: [],
    deviations: [],
  }
}

const leftOut = ({ sidecar }: ObservedContainer): string =>
  sidecar ? 'krr does not look at native sidecars' : 'krr left it out without a word'

function sameAllocations(a: Allocations, b: Allocations): boolean {
  return (['requests', 'limits'] as const).every(
    (part) => a[part].cpu === b[part].cpu && a[part].memory === b[part].memory,
  )
}

const autoscalerOf = (
  { namespace, kind, name }: ObservedContainer,
  { autoscaler }: KrrRow,
): ObservedAutoscaler | null => autoscaler && { namespace, targetKind: kind, targetName: name, ...autoscaler }

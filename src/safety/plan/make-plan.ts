import { digestOf } from '../../model/hash.ts'
import type { CheckResult, DigestedPlan, Plan } from '../../model/plan.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { checkDrafts } from './check-drafts.ts'
import { chooseRows } from './choose-rows.ts'
import { digestPlan } from './digest-plan.ts'
import { draftRows } from './draft-rows.ts'
import { freezeRequest } from './freeze-request.ts'
import { freezeUndo } from './freeze-undo.ts'
import { stepOf, type FrozenDraft } from './frozen-draft.ts'
import type { Draft } from './gather-snapshots.ts'
import type { LeftOut } from './left-out.ts'
import { nothingToChange } from './nothing-to-change.ts'
import { planFrame } from './plan-frame.ts'
import type { PlanPorts, PlanWish } from './plan-wish.ts'
import { sameCluster } from './same-cluster.ts'

interface Checked {
  readonly drafts: readonly FrozenDraft[]
  readonly checks: readonly CheckResult[]
  readonly leftOut: readonly LeftOut[]
}

function freeze(draft: Draft, wish: PlanWish): FrozenDraft {
  const mark = { plan: wish.id, journalHead: wish.journalHead, at: wish.at }
  return { ...draft, request: freezeRequest(draft.object, draft, mark), undo: freezeUndo(draft) }
}

function assemble({ drafts, checks, leftOut }: Checked, wish: PlanWish): Plan {
  const { scan } = wish
  const planned = scan.rows.filter((row) => wish.rows.includes(row.row))
  const steps = drafts.map((draft, index) => stepOf(draft, index + 1))
  return {
    ...planFrame(wish, steps),
    purpose: { kind: 'change', scan: scan.id, rows: planned.map((row) => row.row) },
    cluster: { source: scan.cluster.source, fingerprint: scan.cluster.fingerprint },
    checks,
    leftOut,
    evidenceDigest: digestOf({ scan: scan.id, settings: scan.settings, evaluatedAt: scan.evaluatedAt, rows: planned }),
    evidenceAt: scan.evaluatedAt,
  }
}

/**
 * Turns chosen rows of a scan into a frozen, digested plan, checked against the live cluster and proven by the API
 * server's dry run. A plan with blocking checks is a plan too: it shows why, and can never be approved.
 */
export async function makePlan(wish: PlanWish, ports: PlanPorts): Promise<Result<DigestedPlan>> {
  const chosen = chooseRows(wish)
  if (!chosen.ok) return chosen
  const cluster = await sameCluster(wish.scan.cluster.fingerprint, ports)
  if (!cluster.ok) return cluster
  const drafted = await draftRows(chosen.value, wish.only, ports)
  if (!drafted.ok) return drafted
  const { leftOut, notes } = drafted.value
  if (drafted.value.drafts.length === 0) return failed(nothingToChange(leftOut))
  const drafts = drafted.value.drafts.map((draft) => freeze(draft, wish))
  const checks = await checkDrafts(drafts, ports, wish.scan.binding)
  return ok(digestPlan(assemble({ drafts, checks: [...checks, ...notes], leftOut }, wish)))
}

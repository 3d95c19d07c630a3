import type { CheckResult, PlanStep } from '../../model/plan.ts'
import { isoTime } from '../../model/time.ts'
import { parseQuantity } from '../../model/quantity.ts'
import { workloadPath } from '../../model/workload.ts'
import { forPerson, forTool, type Envelope, type Next } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import { percentChange } from './percent-change.ts'
import type { ShownPlan } from './plan-text.ts'
import { planTotalsData } from './plan-totals-data.ts'

const MOST_STEPS = 20

const stepData = ({ step, target, changes, podsAffected, restart }: PlanStep): Readonly<Record<string, unknown>> => ({
  step,
  namespace: plainText(target.namespace, 63),
  workload: plainText(workloadPath(target), 300),
  pods_affected: podsAffected,
  restart,
  changes: changes.flatMap(({ container, fields }) =>
    fields.map(({ part, resource, before, after, why }) => ({
      container: plainText(container, 63),
      field: `${resource}_${part}`,
      before,
      after,
      ...percentData(before, after),
      why,
    })),
  ),
})
function percentData(before: string | null, after: string | null): Readonly<Record<string, unknown>> {
  const [from, to] = [before, after].map((text) => (text === null ? undefined : parseQuantity(text)))
  return from === undefined || to === undefined ? {} : { change_percent: percentChange(from, to) }
}
const checkData = ({ check, verdict, subject, message, next }: CheckResult): Readonly<Record<string, unknown>> => ({
  check,
  verdict,
  subject: plainText(subject, 300),
  message: plainText(message, 500),
  ...(next === '' ? {} : { what_to_do: plainText(next, 300) }),
})

function nextOf({ plan, status, state }: ShownPlan, command: string): readonly Next[] {
  switch (status) {
    case 'proposed':
    case 'waiting_for_human':
      return [forTool('request_confirmation', { plan_id: plan.id }), forPerson(`${command} approve ${plan.id}`)]
    case 'approved':
      return [forTool('request_confirmation', { plan_id: plan.id })]
    case 'applied':
      return state.phase.kind === 'applied' ? [forTool('get_execution', { execution_id: state.phase.execution })] : []
    case 'blocked':
    case 'refused':
    case 'expired':
    case 'stale':
      return [forTool('scan_recommendations')]
  }
}

const HEADLINES: Readonly<Record<ShownPlan['status'], string>> = {
  proposed: 'is proposed; a person must approve it',
  waiting_for_human: 'waits for a person',
  approved: 'is approved by a person',
  applied: 'was applied',
  blocked: 'is blocked by its checks and cannot be approved',
  refused: 'was refused by a person; that is final',
  expired: 'has expired',
  stale: 'is stale: what it was made of has changed',
}

/** A plan for a model: what would change, what the checks say, how it stands. Nothing in it approves anything. */
export function planEnvelope(shown: ShownPlan, command: string): Envelope {
  const { plan, state, status } = shown
  const told = plan.checks.filter(({ verdict }) => verdict !== 'pass')
  const cluster = { name: plainText(state.facts.clusterName, 80), source: state.facts.source }
  return {
    status,
    headline: `Plan ${plan.id} (${plan.steps.length} ${plan.steps.length === 1 ? 'workload' : 'workloads'}) ${HEADLINES[status]}.`,
    cluster,
    // What its execution changed is said by get_execution.
    changed_cluster: status === 'applied' ? 'unknown' : 'no',
    next: nextOf(shown, command),
    data: {
      plan_id: plan.id,
      purpose: plan.purpose.kind === 'undo' ? `undo of ${plan.purpose.execution}` : `change from ${plan.purpose.scan}`,
      expires_at: isoTime(plan.expiresAt),
      required_level: plan.requiredLevel,
      digest: shown.digest.slice(0, 16),
      chosen: plan.purpose.kind === 'change' ? plan.purpose.rows.length : plan.steps.length,
      left_out: plan.leftOut.length,
      left_out_rows: plan.leftOut.slice(0, MOST_STEPS).map(({ row, why }) => ({ row, why: plainText(why, 300) })),
      totals: planTotalsData(plan.steps),
      steps: plan.steps.slice(0, MOST_STEPS).map(stepData),
      steps_not_shown: Math.max(0, plan.steps.length - MOST_STEPS),
      checks_passed: plan.checks.length - told.length,
      checks: told.slice(0, MOST_STEPS).map(checkData),
      verification: {
        soak_seconds: plan.verification.soak / 1000,
        rollout_deadline_seconds: plan.verification.rolloutDeadline / 1000,
        undone_by_itself_on_failure: plan.verification.undoOnFailure,
      },
      ...(state.phase.kind === 'stale' ? { reason: plainText(state.phase.why, 500) } : {}),
    },
  }
}

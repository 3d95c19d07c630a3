import type { KubeObject } from '../../model/observation.ts'
import type { CheckResult, PlanStep } from '../../model/plan.ts'
import type { Problem } from '../../model/problem.ts'
import { quoted } from '../../model/safe-text.ts'
import { workloadKey } from '../../model/workload.ts'
import { finding, type Finding } from '../checks/check.ts'
import { answerDifferences } from './answer-differences.ts'
import { explainDryRun } from './explain-dry-run.ts'
import type { PlanPorts } from './plan-wish.ts'
import { whyNotUndone } from './undo-identity.ts'

/** The API server's own verdict: the one check that blocks an undo too. */
export const DRY_RUN = 'dry-run'
const MOST_SHOWN = 8

type Proven = Pick<PlanStep, 'target' | 'request' | 'undo'>
type Proof = Finding & { readonly check: string }
/** What the dry run said; differences undefined: the request did not apply to the object as we read it. */
type Trial =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | {
      readonly kind: 'taken'
      readonly differences: readonly string[] | undefined
      readonly warnings: readonly string[]
    }

async function tryOnce(live: KubeObject, { request }: Proven, ports: PlanPorts): Promise<Trial> {
  const answer = await ports.dryRunner.dryRun(request)
  if (!answer.ok) return { kind: 'refused', problem: answer.problem }
  const { object, warnings } = answer.value
  return { kind: 'taken', differences: answerDifferences(live, request, object), warnings }
}

/** Others write too: what looks like admission's doing is compared once more, with the object as it is now. */
async function tryTwice(live: KubeObject, step: Proven, ports: PlanPorts): Promise<Trial> {
  const first = await tryOnce(live, step, ports)
  if (first.kind === 'refused' || first.differences?.length === 0) return first
  const fresh = await ports.objects.workload(step.target)
  return fresh.ok ? tryOnce(fresh.value, step, ports) : first
}

function judgeDifferences(differences: readonly string[]): Proof {
  if (differences.length === 0)
    return { check: DRY_RUN, ...finding('pass', 'The API server would do exactly this and nothing else.', '') }
  const shown = differences.slice(0, MOST_SHOWN).join('; ')
  const more = differences.length > MOST_SHOWN ? ` and ${differences.length - MOST_SHOWN} more` : ''
  return {
    check: 'admission',
    ...finding(
      'block',
      `Admission in the cluster would make of it something else than this plan shows: ${shown}${more}.`,
      'Find the webhook or policy that rewrites this workload; a plan must do what it shows.',
    ),
  }
}

function judge(trial: Trial): readonly Proof[] {
  if (trial.kind === 'refused') return [explainDryRun(trial.problem)]
  const notes = trial.warnings.map((text) => ({
    check: 'api-warning',
    ...finding('note', `The API server warns: ${quoted(text)}`, ''),
  }))
  if (trial.differences === undefined)
    return [
      { check: DRY_RUN, ...finding('block', 'The workload changed while it was being previewed.', 'Preview again.') },
      ...notes,
    ]
  return [judgeDifferences(trial.differences), ...notes]
}

function judgeUndo(live: KubeObject, { request, undo }: Proven): Proof {
  const why = whyNotUndone(live, request, undo)
  const verdict =
    why === undefined
      ? finding('pass', 'Undoing gives back the object exactly as it is now.', '')
      : finding('block', `Undoing would not give back the object as it is: ${why}.`, 'This is a bug; please report it.')
  return { check: 'undo', ...verdict }
}

/**
 * Has the API server try the request, and compares what it would store with what the plan says: a plan that was not
 * proven is a guess about webhooks, policies and defaults that nobody can see from outside.
 */
export async function proveStep(live: KubeObject, step: Proven, ports: PlanPorts): Promise<readonly CheckResult[]> {
  const subject = workloadKey(step.target)
  const trial = await tryTwice(live, step, ports)
  return [...judge(trial), judgeUndo(live, step)].map((proof) => ({ subject, ...proof }))
}

import { digestOf } from '../model/hash.ts'
import type { PlanStep } from '../model/plan.ts'
import type { Problem, ProblemReason } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import { millis } from '../model/time.ts'
import { countAt, field } from './field.ts'
import { kubectlUndo } from './kubectl-line.ts'
import { whyNoWrite } from './may-write.ts'
import { patiently } from './patiently.ts'
import { record } from './record.ts'
import { rehearseUndo } from './rehearse-undo.ts'
import type { Run } from './run.ts'
import { sendRequest } from './send-request.ts'
import type { Sent } from './sent.ts'
import { baselineOf } from './verify/baseline-of.ts'
import { gatherLook } from './verify/gather-look.ts'
import type { StepBaseline } from './verify/step-baseline.ts'
import { workloadPath } from '../model/workload.ts'
import type { WriteEnd } from './write-end.ts'

const BASELINE_PATIENCE_MS = millis(15_000)
/** About this workload alone: the next one may still go well. After anything else nothing further is tried. */
const OF_ONE_WORKLOAD: readonly ProblemReason[] = ['api_invalid', 'api_conflict', 'api_not_found', 'api_forbidden']

/** Checks once more, records the intent, writes, and rehearses the undo of one step. */
export async function writeStep(run: Run, step: PlanStep): Promise<Result<WriteEnd>> {
  const stopped = await whyNoWrite(run)
  if (!stopped.ok) return stopped
  if (stopped.value !== null) return ok(notStarted(step, stopped.value))
  const checked = await run.ports.recheck(run.approved.plan, step.step)
  if (!checked.ok) return skip(run, step, { why: checked.problem })
  const look = await patiently(run, BASELINE_PATIENCE_MS, () => gatherLook(run.ports.objects, step.target))
  // Without a baseline nobody could say later whether a restart is the change's doing.
  if (!look.ok)
    return skip(run, step, {
      why: look.problem,
      ...(!OF_ONE_WORKLOAD.includes(look.problem.reason) && { halt: look.problem.message }),
    })
  const baseline = baselineOf(look.value, run.ports.clock.now().wall)
  const intended = await intend(run, step, baseline)
  if (!intended.ok) return intended
  if (intended.value !== null) return ok(notStarted(step, intended.value))
  const sent = await sendRequest(run, step, 'do')
  return sent.ok ? settle(run, { step, baseline, sent: sent.value }) : sent
}

const notStarted = (step: PlanStep, halt: string): WriteEnd => ({
  end: { kind: 'not_started', step, message: `Not written: ${halt}` },
  halt,
})

interface Skipping {
  readonly why: Problem
  readonly halt?: string
}
async function skip(run: Run, step: PlanStep, { why, halt }: Skipping): Promise<Result<WriteEnd>> {
  const { reason, message } = why
  const facts = { step: step.step, fence: run.fence, reason, message }
  const recorded = await record(run, { kind: 'write_skipped', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  return ok({ end: { kind: 'refused', step, message: `Not written: ${message}` }, ...(halt !== undefined && { halt }) })
}

/** Records the intent; a sentence when the rules forbid the write. What cannot be recorded is not done. */
async function intend(run: Run, step: PlanStep, baseline: StepBaseline): Promise<Result<string | null>> {
  const facts = { step: step.step, fence: run.fence, requestHash: digestOf(step.request) }
  const event = { kind: 'write_intended' as const, subject: run.approved.execution, facts }
  const intended = await record(run, event, { baseline })
  if (intended.ok) return ok(null)
  return intended.problem.reason === 'illegal_transition' ? ok(intended.problem.message) : failed(intended.problem)
}

interface Written {
  readonly step: PlanStep
  readonly baseline: StepBaseline
  readonly sent: Sent
}

async function settle(run: Run, { step, baseline, sent }: Written): Promise<Result<WriteEnd>> {
  if (sent.kind === 'unknown') return ok(lost(step, sent.message))
  if (sent.kind === 'refused') return refuse(run, step, sent)
  const generation = countAt(sent.object, ['metadata', 'generation'])
  const facts = { step: step.step, fence: run.fence, auditId: sent.auditId, generation }
  const recorded = await record(run, { kind: 'write_taken', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  const template = field(sent.object, ['spec', 'template']) ?? null
  const rehearsed = await rehearseUndo(run, step)
  if (!rehearsed.ok) return rehearsed
  const written = { step, baseline, template, generation }
  return ok(rehearsed.value === null ? { written } : { written, ...withoutUndo(run, step, rehearsed.value) })
}

/** A plan that promises to undo what fails must not go on once that promise is known to be empty. */
function withoutUndo(run: Run, { target }: PlanStep, remark: string): Partial<WriteEnd> {
  const { undoOnFailure } = run.approved.plan.verification
  return undoOnFailure ? { remark, halt: `${workloadPath(target)}: ${remark}` } : { remark }
}

/** The intent stays open in the journal: that is the truth, and it keeps everybody from writing this step again. */
const lost = (step: PlanStep, message: string): WriteEnd => ({
  end: {
    kind: 'stuck',
    step,
    message: `It is not known whether the change was written. ${message} Look at it, and to take it back run: ${kubectlUndo(step)}`,
  },
  halt: 'The answer to a write was lost.',
})

async function refuse(run: Run, step: PlanStep, sent: Sent & { kind: 'refused' }): Promise<Result<WriteEnd>> {
  const { reason, message } = sent
  const facts = { step: step.step, fence: run.fence, reason, message }
  const recorded = await record(run, { kind: 'write_refused', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  return ok({
    end: { kind: 'refused', step, message: `Not written: ${message}` },
    ...(!OF_ONE_WORKLOAD.includes(reason) && { halt: message }),
  })
}

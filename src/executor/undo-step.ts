import { digestOf } from '../model/hash.ts'
import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { millis } from '../model/time.ts'
import { workloadPath } from '../model/workload.ts'
import { kubectlUndo } from './kubectl-line.ts'
import { isPassing } from './patiently.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { sendRequest } from './send-request.ts'
import type { Sent } from './sent.ts'
import type { StepEnd } from './step-end.ts'
import type { Expectation } from './verify/expectation.ts'
import { watchUndo } from './watch-undo.ts'

/** An undo is tried for as long as it may help: nothing else will take the change back. */
const PATIENCE_MS = millis(300_000)
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 10_000

/**
 * Takes one step back, and waits until that has rolled out. Neither a stop nor the forward deadline ends it: what was
 * written and failed must not stay because somebody asked for less to happen.
 */
export async function undoStep(run: Run, written: Expectation, why: string): Promise<Result<StepEnd>> {
  const { step } = written
  const sent = await sendUndo(run, step)
  if (!sent.ok) return sent
  if (sent.value.kind !== 'taken') return refuse(run, written, { why, sent: sent.value })
  const facts = { step: step.step, fence: run.fence, auditId: sent.value.auditId }
  const recorded = await record(run, { kind: 'undo_taken', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  const settled = await watchUndo(run, written)
  if (!settled.ok) return settled
  const { complete, message } = settled.value
  return ok(
    complete
      ? { kind: 'undone', step, message: `${why} Undone: ${message}` }
      : {
          kind: 'stuck',
          step,
          message: `${why} The old values are back in the spec, but ${message} ${followUp(step)}`,
        },
  )
}

const followUp = ({ target }: PlanStep): string =>
  `Look at it: kubectl -n ${target.namespace} rollout status ${workloadPath(target)}`

/** The bytes test our own values, so sending them again after an answer was lost cannot undo anything twice. */
async function sendUndo(run: Run, step: PlanStep): Promise<Result<Sent>> {
  const { clock } = run.ports
  const since = clock.now().monotonic
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const facts = { step: step.step, fence: run.fence, requestHash: digestOf(step.undo) }
    const intended = await record(run, { kind: 'undo_intended', subject: run.approved.execution, facts })
    if (!intended.ok) return intended
    const sent = await sendRequest(run, step, 'undo')
    if (!sent.ok || !mayPass(sent.value) || clock.now().monotonic - since + pause > PATIENCE_MS) return sent
    await clock.sleep(pause)
  }
}

const mayPass = (sent: Sent): boolean =>
  (sent.kind === 'refused' && isPassing(sent.reason)) || (sent.kind === 'unknown' && !sent.looked)

interface NotTaken {
  readonly why: string
  readonly sent: Exclude<Sent, { kind: 'taken' }>
}
async function refuse(run: Run, { step }: Expectation, { why, sent }: NotTaken): Promise<Result<StepEnd>> {
  const [reason, what] =
    sent.kind === 'refused'
      ? [sent.reason, 'The undo was not taken']
      : ['answer_lost', 'It is not known whether the undo was taken']
  const message = `${what}: ${sent.message}`
  const facts = { step: step.step, fence: run.fence, reason, message }
  const recorded = await record(run, { kind: 'undo_refused', subject: run.approved.execution, facts })
  if (!recorded.ok) return recorded
  const next = `If the old values are still wanted, run: ${kubectlUndo(step)}`
  return ok({ kind: 'stuck', step, message: `${why} ${message} ${next}` })
}

import { millis } from '../model/time.ts'
import type { Problem, ProblemReason } from '../model/problem.ts'
import type { KubeObject } from '../model/observation.ts'
import type { PlanStep } from '../model/plan.ts'
import { ok, type Result } from '../model/result.ts'
import { currentState } from './current-state.ts'
import { explainRefusal } from './explain-refusal.ts'
import { bearsMark, carries } from './our-mark.ts'
import { patiently } from './patiently.ts'
import type { Run } from './run.ts'
import type { Sent } from './sent.ts'

/** Answers after which the API server cannot have stored anything; every other failure leaves that open. */
const CERTAIN: readonly ProblemReason[] = [
  'api_unauthorized',
  'api_forbidden',
  'api_not_found',
  'api_conflict',
  'api_invalid',
  'api_rate_limited',
  'credential_failed',
  'other_cluster',
  'request_refused_here',
]
/** How long the cluster is asked what became of a request whose answer was lost. */
const ASKING_MS = millis(60_000)
/**
 * A request whose answer was lost may still be on its way through admission: old values are believed only after this.
 * The server gives a request a minute, and half of it was spent waiting for the answer. An undo may be sent again at once.
 */
const SETTLING_MS = { do: millis(30_000), undo: millis(2_000) }
const PAUSE_MS = 2_000

/** Sends one step's bytes and finds out what became of them, also when the answer is lost. */
export async function sendRequest(run: Run, step: PlanStep, way: Way): Promise<Result<Sent>> {
  // Between intent and request this process may have been suspended for hours, and another may have taken over since.
  const ours = await currentState(run)
  return ours.ok ? ok(await send(run, step, way)) : ours
}

async function send(run: Run, step: PlanStep, way: Way): Promise<Sent> {
  const answer = await run.ports.writer.send(run.approved, step.step, way)
  if (answer.ok) return { kind: 'taken', object: answer.value.object, auditId: answer.value.auditId }
  const { reason } = answer.problem
  if (!CERTAIN.includes(reason)) return decideLostAnswer(run, step, { way, problem: answer.problem })
  return reason === 'api_invalid'
    ? explained(run, step, { way, problem: answer.problem })
    : { kind: 'refused', reason, message: said(answer.problem) }
}

type Way = 'do' | 'undo'
interface Trouble {
  readonly way: Way
  readonly problem: Problem
}

const said = ({ message, next }: Problem): string => `${message} ${next}`
const look = (run: Run, step: PlanStep): Promise<Result<KubeObject>> =>
  patiently(run, ASKING_MS, () => run.ports.objects.workload(step.target))

async function explained(run: Run, step: PlanStep, { way, problem }: Trouble): Promise<Sent> {
  const now = await look(run, step)
  // An undo that finds the old values in place has nothing left to do: an earlier sending of it arrived, or somebody was quicker.
  if (now.ok && way === 'undo' && carries(now.value, step) === 'before')
    return { kind: 'taken', object: now.value, auditId: null }
  const reasons = now.ok ? explainRefusal(now.value, step, way) : []
  // Everything is as it was wanted: then the server's own words about the values are the explanation.
  const message = reasons.length === 0 ? said(problem) : reasons.join(' ')
  return { kind: 'refused', reason: problem.reason, message }
}

async function decideLostAnswer(run: Run, step: PlanStep, { way, problem }: Trouble): Promise<Sent> {
  const { clock } = run.ports
  const since = clock.now().monotonic
  for (;;) {
    const now = await look(run, step)
    if (!now.ok)
      return {
        kind: 'unknown',
        looked: false,
        message: `${problem.message} Looking failed too: ${now.problem.message}`,
      }
    const verdict = whatHappened(now.value, step, way)
    if (verdict === 'taken') return { kind: 'taken', object: now.value, auditId: null }
    if (verdict === 'unknown') return otherValues(now.value, step, { way, problem })
    if (clock.now().monotonic - since >= SETTLING_MS[way])
      return { kind: 'refused', reason: problem.reason, message: `${problem.message} The values are unchanged.` }
    await clock.sleep(PAUSE_MS)
  }
}

function otherValues(now: KubeObject, step: PlanStep, { way, problem }: Trouble): Sent {
  const reasons = explainRefusal(now, step, way).join(' ')
  const message = `${problem.message} The workload now carries what is neither the old state nor ours. ${reasons}`
  return { kind: 'unknown', looked: true, message }
}

function whatHappened(now: KubeObject, step: PlanStep, way: Way): 'taken' | 'not_taken' | 'unknown' {
  const carried = carries(now, step)
  if (carried === 'neither') return 'unknown'
  if (carried !== (way === 'do' ? 'after' : 'before')) return 'not_taken'
  // The right values under another's mark were written by another: whether ours arrived too cannot be told.
  return bearsMark(now, way === 'do' ? step.request : step.undo) ? 'taken' : 'unknown'
}

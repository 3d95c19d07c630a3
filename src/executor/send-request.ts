import { millis } from '../model/time.ts'
import type { Problem, ProblemReason } from '../model/problem.ts'
import type { KubeObject } from '../model/observation.ts'
import type { PlanStep } from '../model/plan.ts'
import type { Result } from '../model/result.ts'
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
/** A request whose answer was lost may still be on its way through admission: old values are believed only after this. */
const SETTLING_MS = millis(10_000)
const PAUSE_MS = 2_000

/** Sends one step's bytes and finds out what became of them, also when the answer is lost. */
export async function sendRequest(run: Run, step: PlanStep, way: 'do' | 'undo'): Promise<Sent> {
  const answer = await run.ports.writer.send(run.approved, step.step, way)
  if (answer.ok) return { kind: 'taken', object: answer.value.object, auditId: answer.value.auditId }
  if (!CERTAIN.includes(answer.problem.reason)) return decideLostAnswer(run, step, { way, lost: answer.problem })
  const { reason } = answer.problem
  const message =
    reason === 'api_invalid' ? await explained(run, step, { way, said: answer.problem }) : said(answer.problem)
  return { kind: 'refused', reason, message }
}

const said = ({ message, next }: Problem): string => `${message} ${next}`
const look = (run: Run, step: PlanStep): Promise<Result<KubeObject>> =>
  patiently(run, ASKING_MS, () => run.ports.objects.workload(step.target))

interface Refused {
  readonly way: 'do' | 'undo'
  readonly said: Problem
}

async function explained(run: Run, step: PlanStep, { way, said: answer }: Refused): Promise<string> {
  const now = await look(run, step)
  const reasons = now.ok ? explainRefusal(now.value, step, way) : []
  // Everything is as it was wanted: then the server's own words about the values are the explanation.
  return reasons.length === 0 ? said(answer) : reasons.join(' ')
}

interface LostAnswer {
  readonly way: 'do' | 'undo'
  readonly lost: Problem
}

async function decideLostAnswer(run: Run, step: PlanStep, { way, lost }: LostAnswer): Promise<Sent> {
  const { clock } = run.ports
  const since = clock.now().monotonic
  for (;;) {
    const now = await look(run, step)
    if (!now.ok) return unknown(`${lost.message} Looking again failed too: ${now.problem.message}`)
    const verdict = whatHappened(now.value, step, way)
    if (verdict === 'taken') return { kind: 'taken', object: now.value, auditId: null }
    if (verdict === 'unknown')
      return unknown(
        `${lost.message} The workload now carries values that are neither the old ones nor the planned ones. ` +
          explainRefusal(now.value, step, way).join(' '),
      )
    if (clock.now().monotonic - since >= SETTLING_MS)
      return { kind: 'refused', reason: lost.reason, message: `${lost.message} The values are unchanged.` }
    await clock.sleep(PAUSE_MS)
  }
}

const unknown = (message: string): Sent => ({ kind: 'unknown', message })

function whatHappened(now: KubeObject, step: PlanStep, way: 'do' | 'undo'): 'taken' | 'not_taken' | 'unknown' {
  const [request, wanted] = way === 'do' ? [step.request, 'after'] : [step.undo, 'before']
  const carried = carries(now, step)
  if (carried === 'neither') return 'unknown'
  if (carried !== wanted) return 'not_taken'
  // The right values under another's mark were written by another: whether ours arrived too cannot be told.
  return bearsMark(now, request) ? 'taken' : 'unknown'
}

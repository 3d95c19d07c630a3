import { isOver, type Moment } from '../model/moment.ts'
import { problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import { isFinal, type ExecutionStatus } from '../model/status.ts'
import { illegal, type Change } from './change.ts'
import type { ExecutionEvent, ExecutionQueued, RollbackStarted, SoakStarted, WaveStarted } from './event.ts'
import { redemptionProblem } from './redemption.ts'
import { stepTransition } from './step-transition.ts'
import type { ExecutionState, JournalState, PlanState, StepState } from './state.ts'

function queued(state: JournalState, event: ExecutionQueued, at: Moment): Result<Change> {
  if (state.executions.has(event.subject)) return illegal(`Execution ${event.subject} exists already.`)
  const plan = state.plans.get(event.facts.plan)
  if (!plan) return illegal(`There is no plan ${event.facts.plan}.`)
  const why = redemptionProblem(state, plan, { facts: event.facts, at })
  if (why) return failed(why)
  if (plan.phase.kind !== 'approved') return illegal(`Plan ${plan.id} is not approved.`)
  const applied: PlanState = {
    ...plan,
    phase: { kind: 'applied', decision: plan.phase.decision, execution: event.subject },
  }
  const steps = plan.facts.steps.map((_, index) => ({
    step: index + 1,
    write: 'none' as const,
    undo: 'none' as const,
    undoRehearsed: null,
    generation: null,
    tiers: [],
    trouble: null,
  }))
  const { digest, deadline, tokenHash } = event.facts
  return ok({
    plan: applied,
    execution: {
      id: event.subject,
      plan: plan.id,
      digest,
      tokenHash,
      queuedAt: at,
      deadline,
      status: 'queued',
      why: null,
      fence: 0,
      stopRequested: false,
      steps,
      soakUntil: null,
      changedAt: at,
    },
  })
}

/** The stability of the new pods is judged when their soak is over. */
const wasVerified = ({ tiers }: StepState): boolean =>
  tiers.findLast(({ tier }) => tier === 'stability')?.passed === true

/** A final word that the record does not bear out; undefined when it does. */
function whyNotSo({ steps }: ExecutionState, status: ExecutionStatus): string | undefined {
  const begun = steps.filter(({ write }) => write === 'taken' || write === 'intended')
  const stands = steps.every(({ write, undo }) => write === 'taken' && undo === 'none')
  if ((status === 'succeeded' || status === 'unverified') && !stands) return 'Not every step was written and left.'
  if (status === 'succeeded' && !steps.every(wasVerified)) return 'Not every step was seen to run well.'
  if (status !== 'rolled_back') return undefined
  return begun.length > 0 && begun.every(({ undo }) => undo === 'taken')
    ? undefined
    : 'Not every written step was undone.'
}

function ended(execution: ExecutionState, event: ExecutionEvent & { kind: 'execution_ended' }): Result<Change> {
  const { status, why, fence } = event.facts
  if (!isFinal(status)) return illegal(`${status} does not end an execution.`)
  // Only "a human must look" may be said by somebody who is not the worker: it starts nothing and stops everything.
  if (fence === null && status !== 'needs_human') return illegal('Only the worker may end an execution.')
  const lie = whyNotSo(execution, status)
  return lie ? illegal(lie) : ok({ execution: { ...execution, status, why } })
}

/** Forward writing needs: no stop, time left, and a status in which writing is what happens. */
function whyNoForwardWrite(execution: ExecutionState, at: Moment): string | undefined {
  if (execution.status !== 'applying') return `Execution ${execution.id} is ${execution.status}.`
  // A person who asked to stop must not see another workload change.
  if (execution.stopRequested) return 'A stop was requested.'
  // A worker that wakes up hours later must not apply yesterday's decision.
  if (isOver(execution.queuedAt, at, execution.deadline)) return 'The execution deadline has passed.'
  return undefined
}

/** The large steps of an execution: each only from where it makes sense. */
function phase(execution: ExecutionState, event: WaveStarted | SoakStarted | RollbackStarted): Result<Change> {
  const { status } = execution
  // A soak is begun once per wave; everything else may also interrupt one.
  const from: readonly ExecutionStatus[] = event.kind === 'soak_started' ? ['applying'] : ['applying', 'soaking']
  if (!from.includes(status)) return illegal(`Execution ${execution.id} is ${status}.`)
  switch (event.kind) {
    case 'wave_started':
      return ok({ execution: { ...execution, status: 'applying', soakUntil: null } })
    case 'soak_started':
      return ok({ execution: { ...execution, status: 'soaking', soakUntil: event.facts.until } })
    case 'rollback_started':
      return ok({ execution: { ...execution, status: 'rolling_back', why: event.facts.why } })
  }
}

function byWorker(
  execution: ExecutionState,
  event: Exclude<ExecutionEvent, ExecutionQueued | { kind: 'stop_requested' }>,
  at: Moment,
): Result<Change> {
  if (event.kind === 'execution_claimed') {
    if (event.facts.fence !== execution.fence + 1)
      return failed(problem('lease_lost', 'Another worker claimed this execution.', 'Let it finish.'))
    return ok({
      execution: {
        ...execution,
        fence: event.facts.fence,
        status: execution.status === 'queued' ? 'applying' : execution.status,
      },
    })
  }
  // A paused worker that wakes after another took over must not write or record anything, nor may one that never claimed it.
  if (event.facts.fence !== null && (execution.fence < 1 || event.facts.fence !== execution.fence))
    return failed(
      problem('lease_lost', `This worker lost its claim on ${execution.id}.`, 'Let the worker that holds it finish.'),
    )
  switch (event.kind) {
    case 'execution_ended':
      return ended(execution, event)
    case 'wave_started':
    case 'soak_started':
    case 'rollback_started':
      return phase(execution, event)
    case 'write_intended': {
      const why = whyNoForwardWrite(execution, at)
      return why ? illegal(why) : stepTransition(execution, event)
    }
    default:
      return stepTransition(execution, event)
  }
}

/** The legal steps of an execution. */
export function executionTransition(state: JournalState, event: ExecutionEvent, at: Moment): Result<Change> {
  if (event.kind === 'execution_queued') return queued(state, event, at)
  const execution = state.executions.get(event.subject)
  if (!execution) return illegal(`There is no execution ${event.subject}.`)
  if (isFinal(execution.status)) return illegal(`Execution ${execution.id} has ended: ${execution.status}.`)
  const touched = { ...execution, changedAt: at }
  return event.kind === 'stop_requested'
    ? ok({ execution: { ...touched, stopRequested: true } })
    : byWorker(touched, event, at)
}

import { ok, type Result } from '../model/result.ts'
import { illegal, type Change } from './change.ts'
import type { ExecutionEvent } from './event.ts'
import type { ExecutionState, StepState } from './state.ts'

type StepEvent = Extract<
  ExecutionEvent,
  {
    kind:
      | 'write_intended'
      | 'write_skipped'
      | 'write_taken'
      | 'write_refused'
      | 'undo_rehearsed'
      | 'tier_judged'
      | 'undo_intended'
      | 'undo_taken'
      | 'undo_refused'
      | 'undo_settled'
  }
>

type UndoEvent = Extract<StepEvent, { kind: 'undo_intended' | 'undo_taken' | 'undo_refused' | 'undo_settled' }>
const isUndo = (event: StepEvent): event is UndoEvent =>
  event.kind.startsWith('undo_') && event.kind !== 'undo_rehearsed'

/** The step after `event`, or undefined when the event is not legal for it. */
const after = (step: StepState, event: StepEvent): StepState | undefined =>
  isUndo(event) ? afterUndo(step, event) : afterWrite(step, event)

function afterWrite(step: StepState, event: Exclude<StepEvent, UndoEvent>): StepState | undefined {
  switch (event.kind) {
    case 'write_intended':
      // Once only: a second intent would be a second write.
      return step.write === 'none' ? { ...step, write: 'intended' } : undefined
    case 'write_skipped':
      // As final as a refusal: nobody who takes over may try it after all.
      return step.write === 'none' ? { ...step, write: 'refused', trouble: event.facts.message } : undefined
    case 'write_taken':
      return step.write === 'intended' ? { ...step, write: 'taken', generation: event.facts.generation } : undefined
    case 'write_refused':
      return step.write === 'intended' ? { ...step, write: 'refused', trouble: event.facts.message } : undefined
    case 'undo_rehearsed':
      return step.write === 'taken' ? { ...step, undoRehearsed: event.facts.accepted } : undefined
    case 'tier_judged': {
      const { tier, passed, message, cause, tookMs } = event.facts
      const tiers = [...step.tiers, { tier, passed, message, cause, tookMs }]
      return step.write === 'taken' ? { ...step, tiers } : undefined
    }
  }
}

function afterUndo(step: StepState, event: UndoEvent): StepState | undefined {
  switch (event.kind) {
    case 'undo_intended':
      return (step.write === 'taken' || step.write === 'intended') && step.undo !== 'taken'
        ? { ...step, undo: 'intended' }
        : undefined
    case 'undo_taken':
      return step.undo === 'intended' ? { ...step, undo: 'taken' } : undefined
    case 'undo_refused':
      return step.undo === 'intended' ? { ...step, undo: 'refused', trouble: event.facts.message } : undefined
    case 'undo_settled': {
      const { complete, message } = event.facts
      return step.undo === 'taken' ? { ...step, undoSettled: { complete, message } } : undefined
    }
  }
}

/** The legal steps of one workload within an execution. */
export function stepTransition(execution: ExecutionState, event: StepEvent): Result<Change> {
  const step = execution.steps.find((each) => each.step === event.facts.step)
  if (!step) return illegal(`Execution ${execution.id} has no step ${event.facts.step}.`)
  if (event.kind === 'undo_intended' && execution.status !== 'rolling_back')
    return illegal('Undoing starts with a recorded reason.')
  const changed = after(step, event)
  if (!changed)
    return illegal(`${event.kind} is not legal for step ${step.step} (write ${step.write}, undo ${step.undo}).`)
  return ok({ execution: { ...execution, steps: execution.steps.map((each) => (each === step ? changed : each)) } })
}

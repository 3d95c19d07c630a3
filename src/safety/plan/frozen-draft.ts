import type { FrozenRequest, PlanStep } from '../../model/plan.ts'
import type { Draft } from './gather-snapshots.ts'
import { podsAffected, replacesPods } from './pods-affected.ts'

/** A workload as it was read, with the bytes that would change it and those that would undo that. */
export interface FrozenDraft extends Draft {
  readonly request: FrozenRequest
  readonly undo: FrozenRequest
}

/** The plan's step; the live object stays behind. One wave for now: every step is written before any is watched. */
export const stepOf = ({ target, changes, object, request, undo }: FrozenDraft, step: number): PlanStep => ({
  step,
  wave: 1,
  target,
  changes,
  request,
  undo,
  podsAffected: podsAffected(target, object),
  restart: replacesPods(target, object),
})

import type { KubeObject } from '../../model/observation.ts'
import type { ContainerChange, PlanStep } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { look, lookObject, lookText } from '../checks/look.ts'
import { freezeUndo } from './freeze-undo.ts'
import type { FrozenDraft } from './frozen-draft.ts'
import { applyPatch, operationsOf } from './json-patch.ts'
import type { LeftOut } from './left-out.ts'
import { movedFields } from './moved-fields.ts'
import type { PlanPorts } from './plan-wish.ts'
import { CONTAINERS } from './pod-template.ts'

/** A step that can be undone, or why it cannot; `restored`: it has its old values already. */
export type UndoOutcome =
  | { readonly kind: 'draft'; readonly draft: FrozenDraft }
  | { readonly kind: 'restored' | 'not_undoable'; readonly leftOut: LeftOut }

function reversed(change: ContainerChange, live: KubeObject, undone: KubeObject): ContainerChange {
  const at = [...CONTAINERS, change.index]
  const resources = (object: KubeObject) => lookObject(object, ...at, 'resources') ?? {}
  const [before, after] = [resources(live), resources(undone)]
  return {
    container: change.container,
    index: change.index,
    image: lookText(live, ...at, 'image') ?? '',
    before,
    after,
    fields: change.fields.map(({ part, resource }) => ({
      part,
      resource,
      before: lookText(before, part, resource) ?? null,
      after: lookText(after, part, resource) ?? null,
      why: 'restored',
    })),
  }
}

function fromLive(object: KubeObject, { step, target, changes, undo }: PlanStep): UndoOutcome {
  const no = (why: string, kind: 'restored' | 'not_undoable' = 'not_undoable'): UndoOutcome => ({
    kind,
    leftOut: { row: step, why },
  })
  if (look(object, 'metadata', 'uid') !== target.uid) return no('the workload was deleted and made anew')
  if (movedFields(object, changes, 'before').length === 0) return no('it has its old values already', 'restored')
  const foreign = movedFields(object, changes, 'after')
  // Somebody changed our values since: their newer decision is not ours to undo.
  if (foreign.length > 0) return no(foreign.join('; '))
  const undone = applyPatch(object, operationsOf(undo))
  if (undone.kind === 'refused') return no(`${undone.operation.path} is not as it was`)
  const draft = { target, changes: changes.map((change) => reversed(change, object, undone.object)) }
  return { kind: 'draft', draft: { ...draft, object, request: undo, undo: freezeUndo(draft) } }
}

/** What undoing one written step would do to the workload as it is now. The bytes are those that were frozen with it. */
export async function draftUndo(step: PlanStep, { objects }: PlanPorts): Promise<Result<UndoOutcome>> {
  const live = await objects.workload(step.target)
  if (live.ok) return ok(fromLive(live.value, step))
  if (live.problem.reason !== 'api_not_found') return live
  return ok({ kind: 'not_undoable', leftOut: { row: step.step, why: 'the workload was deleted' } })
}

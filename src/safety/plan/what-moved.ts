import { createPatch, Pointer } from 'rfc6902'
import type { KubeObject } from '../../model/observation.ts'
import type { ContainerChange, Plan, PlanStep } from '../../model/plan.ts'
import { ok, type Result } from '../../model/result.ts'
import { quoted } from '../../model/safe-text.ts'
import { workloadKey } from '../../model/workload.ts'
import { lookText } from '../checks/look.ts'
import { inParallel } from './in-parallel.ts'
import { applyPatch, operationsOf } from './json-patch.ts'
import { by, containerOf, movedFields } from './moved-fields.ts'
import type { PlanPorts } from './plan-wish.ts'
import { whoChanged } from './who-changed.ts'

function movedImage(object: KubeObject, change: ContainerChange): readonly string[] {
  const live = containerOf(object, change)
  if (!live || live.image === change.image) return []
  const who = whoChanged(object, { container: change.container, path: ['image'] })
  return [
    `the image of ${quoted(change.container)} is now ${quoted(live.image)}, it was ${quoted(change.image)}${by(who)}`,
  ]
}

/** Something beside our fields (ephemeral storage, claims, the other limit) differs in `resources`. */
function movedBeside(object: KubeObject, change: ContainerChange): readonly string[] {
  const live = containerOf(object, change)
  if (!live) return []
  return createPatch(change.before, live.resources ?? {}).map(({ path }) => {
    const who = whoChanged(object, {
      container: change.container,
      path: ['resources', ...Pointer.fromJSON(path).tokens.slice(1)],
    })
    return `${quoted(`resources${path}`)} of ${quoted(change.container)} is not as it was${by(who)}`
  })
}

function movedForChange(object: KubeObject, { changes }: PlanStep): readonly string[] {
  const fields = movedFields(object, changes, 'before')
  const images = changes.flatMap((change) => movedImage(object, change))
  const beside = fields.length > 0 ? [] : changes.flatMap((change) => movedBeside(object, change))
  return [...fields, ...images, ...beside]
}

function moved(object: KubeObject, step: PlanStep, purpose: Plan['purpose']['kind']): readonly string[] {
  if (lookText(object, 'metadata', 'uid') !== step.target.uid) return ['it was deleted and made anew']
  // An undo is only stopped by what it must not overwrite; whatever else moved is none of its business.
  const found = purpose === 'undo' ? movedFields(object, step.changes, 'before') : movedForChange(object, step)
  if (found.length > 0) return found
  const patched = applyPatch(object, operationsOf(step.request))
  return patched.kind === 'patched' ? [] : [`${quoted(patched.operation.path)} is not as it was`]
}

async function sentence(step: PlanStep, plan: Plan, { objects }: PlanPorts): Promise<Result<string | null>> {
  const live = await objects.workload(step.target)
  const say = (what: readonly string[]): Result<string | null> =>
    ok(what.length > 0 ? `${workloadKey(step.target)}: ${what.join('; ')}.` : null)
  if (live.ok) return say(moved(live.value, step, plan.purpose.kind))
  return live.problem.reason === 'api_not_found' ? say(['it was deleted']) : live
}

/**
 * What moved under a plan since it was made, and who moved it, in a sentence per workload; null when nothing did. It
 * explains a failed precondition, which the API server itself answers without a word about which one failed.
 */
export async function whatMoved(
  plan: Plan,
  ports: PlanPorts,
  steps?: readonly number[],
): Promise<Result<string | null>> {
  const asked = plan.steps.filter((each) => steps === undefined || steps.includes(each.step))
  const sentences: string[] = []
  for (const result of await inParallel(asked, (step) => sentence(step, plan, ports))) {
    if (!result.ok) return result
    if (result.value !== null) sentences.push(result.value)
  }
  return ok(sentences.length > 0 ? sentences.join(' ') : null)
}

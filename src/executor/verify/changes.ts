import type { JsonObject } from '../../model/json.ts'
import type { ContainerChange, FieldChange, PlanStep } from '../../model/plan.ts'
import { quoted, safeText } from '../../model/safe-text.ts'
import { podContainer, templateContainer } from '../container-of.ts'
import { countAt, field, nameOf, uidOf } from '../field.ts'
import { lastTemplateWriter, lastWriter } from '../last-writer.ts'
import { sameQuantity } from '../same-quantity.ts'
import { changedPaths } from './changed-paths.ts'
import type { Expectation } from './expectation.ts'
import { fail, pass, wait, type Failure, type Judged } from './judged.ts'
import type { Look } from './look.ts'
import { isAlive } from './pod-state.ts'
import { currentRevision, podsOf } from './revision.ts'
import { unverifiable } from './unverifiable.ts'

/** Tier 1: the spec carries our values and nothing else new, and so do the running pods of the new revision. */
export function changes(look: Look, expected: Expectation): Judged {
  const { workload } = look
  if (uidOf(workload) !== expected.step.target.uid)
    return fail('superseded', 'The workload was deleted and created again by somebody else.')
  if (countAt(workload, ['metadata', 'generation']) < expected.generation)
    return wait('The API server answered with an older state.', 'rollout_deadline')
  const foreign = replacedField(workload, expected.step) ?? otherTemplate(workload, expected)
  if (foreign) return foreign
  const idle = unverifiable(workload)
  return idle === undefined ? ofPods(look, expected.step) : pass(`The spec carries the new values. ${idle}`)
}

/** Each field that the step changed, with where it is. */
const fieldsOf = (step: PlanStep): readonly (readonly [ContainerChange, FieldChange])[] =>
  step.changes.flatMap((change) => change.fields.map((each) => [change, each] as const))

const valueOf = (container: JsonObject | undefined, { part, resource }: FieldChange): ReturnType<typeof field> =>
  field(container, ['resources', part, resource])

function replacedField(workload: JsonObject, step: PlanStep): Failure | undefined {
  for (const [{ container }, change] of fieldsOf(step)) {
    const now = valueOf(templateContainer(workload, container), change)
    if (sameQuantity(now, change.after)) continue
    const { part, resource } = change
    const who = lastWriter(workload, container, ['f:resources', `f:${part}`, `f:${resource}`])
    const cause = sameQuantity(now, change.before) ? 'reverted' : 'superseded'
    const what = `${container} ${part}.${resource} is ${shown(now)} instead of ${change.after ?? 'not set'}`
    return fail(cause, `Our change was ${cause === 'reverted' ? 'reverted' : 'replaced'}${said(who)}: ${what}.`)
  }
  return undefined
}

const said = (who: string): string => (who === '' ? '' : ` ${who}`)
const shown = (value: ReturnType<typeof field>): string =>
  typeof value === 'string' || typeof value === 'number' ? quoted(String(value), 40) : 'not set'

function otherTemplate(workload: JsonObject, { template }: Expectation): Failure | undefined {
  const paths = changedPaths(template, field(workload, ['spec', 'template']))
  if (paths.length === 0) return undefined
  const named = paths.slice(0, 3).map((path) => safeText(path, 80))
  const more = paths.length > 3 ? ` and ${paths.length - 3} more` : ''
  return fail(
    'superseded',
    `A newer deploy changed the pod template${said(lastTemplateWriter(workload))}: ${named.join(', ')}${more}.`,
  )
}

function ofPods(look: Look, step: PlanStep): Judged {
  const revision = currentRevision(look)
  const running = revision
    ? podsOf(look, revision).filter((pod) => isAlive(pod) && field(pod, ['status', 'phase']) === 'Running')
    : []
  if (running.length === 0) return wait('No pod runs with the new values yet.', 'rollout_deadline')
  for (const pod of running)
    for (const [{ container }, change] of fieldsOf(step)) {
      const now = valueOf(podContainer(pod, container), change)
      // What the template does not set, a LimitRange may; what it sets, only an admission webhook changes.
      if (change.after !== null && !sameQuantity(now, change.after))
        return fail(
          'superseded',
          `Pod ${nameOf(pod)} was admitted with ${change.part}.${change.resource} ${shown(now)} instead of ${change.after}.`,
        )
    }
  return pass(`The spec and ${running.length} running pods carry the new values.`)
}

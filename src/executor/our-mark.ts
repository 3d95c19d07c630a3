import type { JsonObject } from '../model/json.ts'
import { ANNOTATION, type FrozenRequest, type PlanStep } from '../model/plan.ts'
import { templateContainer } from './container-of.ts'
import { field, textAt, uidOf } from './field.ts'
import { sameQuantity } from './same-quantity.ts'

/** Whose values a workload carries now, seen from one step of a plan. */
export type Carries = 'after' | 'before' | 'neither'

const POINTER = `/metadata/annotations/${ANNOTATION.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** What our annotation is after a request has been taken: its text, null where it is removed, undefined where it is not touched. */
export function markOf({ body }: FrozenRequest): string | null | undefined {
  const operations = JSON.parse(body) as readonly JsonObject[]
  let mark: string | null | undefined
  for (const operation of operations) {
    if (operation['op'] === 'test') continue
    if (operation['path'] === POINTER)
      mark = operation['op'] === 'remove' ? null : (textAt(operation, ['value']) ?? null)
    if (operation['path'] === '/metadata/annotations') mark = textAt(operation, ['value', ANNOTATION]) ?? null
  }
  return mark
}

/** Whether the workload carries exactly the annotation that the request leaves behind. */
export function bearsMark(workload: JsonObject, request: FrozenRequest): boolean {
  const mark = markOf(request)
  return mark === undefined || (textAt(workload, ['metadata', 'annotations', ANNOTATION]) ?? null) === mark
}

/** Which of the step's values the workload carries. Another object of the same name carries neither. */
export function carries(workload: JsonObject, step: PlanStep): Carries {
  if (uidOf(workload) !== step.target.uid) return 'neither'
  if (hasFields(workload, step, 'after')) return 'after'
  return hasFields(workload, step, 'before') ? 'before' : 'neither'
}

const hasFields = (workload: JsonObject, { changes }: PlanStep, which: 'before' | 'after'): boolean =>
  changes.every(({ container, fields }) => {
    const found = templateContainer(workload, container)
    return (
      found !== undefined &&
      fields.every((each) => sameQuantity(field(found, ['resources', each.part, each.resource]), each[which]))
    )
  })

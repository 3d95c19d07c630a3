import type { Json, JsonObject } from '../model/json.ts'
import type { ContainerChange, PlanStep } from '../model/plan.ts'
import { quoted } from '../model/safe-text.ts'
import { templateContainer } from './container-of.ts'
import { field, objectAt, textAt, uidOf } from './field.ts'
import { lastWriter } from './last-writer.ts'
import { sameQuantity } from './same-quantity.ts'

/**
 * What of a workload is not as a request wanted it, in sentences. The API server's own words for a failed precondition
 * are the same whatever failed, so only a fresh look can tell. `way` is the request's: a write finds the old values, an
 * undo finds ours.
 */
export function explainRefusal(workload: JsonObject, step: PlanStep, way: 'do' | 'undo'): readonly string[] {
  if (uidOf(workload) !== step.target.uid) return ['The workload was deleted and created again by somebody else.']
  return step.changes.flatMap((change) => {
    const container = templateContainer(workload, change.container)
    if (!container) return [`Container ${change.container} is not there any more.`]
    const where = moved(workload, change)
    return way === 'do'
      ? [...where, ...image(workload, container, change), ...unlike(workload, change, wantedBefore(container, change))]
      : [...where, ...unlike(workload, change, wantedAfter(change))]
  })
}

function moved(workload: JsonObject, { container, index }: ContainerChange): readonly string[] {
  const there = textAt(workload, ['spec', 'template', 'spec', 'containers', index, 'name'])
  return there === container ? [] : [`Container ${container} is not at place ${index + 1} any more.`]
}

function image(workload: JsonObject, container: JsonObject, change: ContainerChange): readonly string[] {
  const now = textAt(container, ['image']) ?? ''
  if (now === change.image) return []
  const who = lastWriter(workload, change.container, ['f:image'])
  return [`The image of ${change.container} was changed ${orNobody(who)} from ${change.image} to ${quoted(now)}.`]
}

interface Wanted {
  readonly part: string
  readonly resource: string
  readonly value: Json
}

/** A write tests the whole `resources` object: a value beside the planned ones that changed refuses it too. */
const wantedBefore = (container: JsonObject, { before }: ContainerChange): readonly Wanted[] =>
  ['requests', 'limits'].flatMap((part) => {
    const names = { ...objectAt(before, [part]), ...objectAt(container, ['resources', part]) }
    return Object.keys(names).map((resource) => ({ part, resource, value: field(before, [part, resource]) ?? null }))
  })

/** An undo tests only what the plan changed. */
const wantedAfter = ({ fields }: ContainerChange): readonly Wanted[] =>
  fields.map(({ part, resource, after }) => ({ part, resource, value: after }))

function unlike(workload: JsonObject, { container }: ContainerChange, wanted: readonly Wanted[]): readonly string[] {
  const found = templateContainer(workload, container)
  return wanted.flatMap(({ part, resource, value }) => {
    const now = field(found, ['resources', part, resource])
    if (sameQuantity(now, value)) return []
    const who = lastWriter(workload, container, ['f:resources', `f:${part}`, `f:${resource}`])
    const name = `${container} ${part}.${quoted(resource, 60)}`
    return [`${name} was changed ${orNobody(who)} from ${shown(value)} to ${shown(now)}.`]
  })
}

const shown = (value: Json | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? quoted(String(value), 40) : 'not set'
const orNobody = (who: string): string => (who === '' ? 'by somebody' : who)

import type { Json } from '../../../model/json.ts'
import type { LabelSelector } from '../../../model/observation.ts'
import { arrayAt, objectAt, textAt, textsAt } from './json-view.ts'

/** `spec.selector` of a workload; undefined when it selects nothing. */
export function readSelector(selector: Json | undefined): LabelSelector | undefined {
  const labels = textsAt(selector, 'matchLabels')
  const expressions = arrayAt(selector, 'matchExpressions').map(expression)
  if (Object.keys(labels).length === 0 && expressions.length === 0) return undefined
  return {
    ...(Object.keys(labels).length > 0 ? { matchLabels: labels } : {}),
    ...(expressions.length > 0 ? { matchExpressions: expressions } : {}),
  }
}

/** A DeploymentConfig's selector is the bare map of labels. */
export function readMapSelector(selector: Json | undefined): LabelSelector | undefined {
  const labels = textsAt(selector)
  return Object.keys(labels).length > 0 ? { matchLabels: labels } : undefined
}

function expression(value: Json) {
  const values = arrayAt(value, 'values').filter((item) => typeof item === 'string')
  const named = { key: textAt(value, 'key') ?? '', operator: textAt(value, 'operator') ?? '' }
  return 'values' in objectAt(value) ? { ...named, values } : named
}

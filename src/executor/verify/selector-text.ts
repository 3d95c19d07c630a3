import type { JsonObject } from '../../model/json.ts'
import { field, listAt, objectAt, textAt } from '../field.ts'

/** A workload's label selector as the query parameter that finds the same pods; undefined when it is none. */
export function selectorText(workload: JsonObject): string | undefined {
  const labels = Object.entries(objectAt(workload, ['spec', 'selector', 'matchLabels'])).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : ''}`,
  )
  const expressions = listAt(workload, ['spec', 'selector', 'matchExpressions']).map(expressionText)
  const parts = [...labels, ...expressions]
  // An empty selector would find every pod of the namespace.
  return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(',')
}

function expressionText(expression: JsonObject): string | undefined {
  const key = textAt(expression, ['key'])
  const listed = field(expression, ['values'])
  const values = Array.isArray(listed) ? listed.join(',') : ''
  if (key === undefined) return undefined
  switch (textAt(expression, ['operator'])) {
    case 'In':
      return `${key} in (${values})`
    case 'NotIn':
      return `${key} notin (${values})`
    case 'Exists':
      return key
    case 'DoesNotExist':
      return `!${key}`
    default:
      return undefined
  }
}

import { parseQuantity } from '../../model/quantity.ts'
import type { FieldChange } from '../../model/plan.ts'
import { percentText } from './percent-text.ts'
import { quantityText } from './quantity-text.ts'

/** What is said beside the field's name: a limit that goes down or away is the dangerous direction, and must be seen. */
function warning({ part, before, after, why }: FieldChange): string {
  if (after === null) return ' REMOVED'
  if (why === 'raised_with_request') return ' raised with the request'
  if (part !== 'limits' || before === null) return ''
  return (parseQuantity(after) ?? 0) < (parseQuantity(before) ?? 0) ? ' LOWERED' : ''
}

function percent({ before, after }: FieldChange): string {
  const [from, to] = [before, after].map((text) => (text === null ? undefined : parseQuantity(text)))
  const text = from === undefined || to === undefined ? undefined : percentText(from, to)
  return text === undefined ? '' : ` (${text})`
}

/** `- CPU Request: 100m → 250m (+150%)`: one field, one line. */
export function fieldLine(field: FieldChange): string {
  const { resource, part, before, after } = field
  const name = `${resource === 'cpu' ? 'CPU' : 'Memory'} ${part === 'requests' ? 'Request' : 'Limit'}`
  const none = part === 'requests' ? 'not set' : 'no limit'
  const [from, to] = [before, after].map((text) => (text === null ? none : quantityText(resource, text)))
  return `- ${name}${warning(field)}: ${from} → ${to}${percent(field)}`
}

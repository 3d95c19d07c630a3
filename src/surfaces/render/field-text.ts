import type { FieldChange } from '../../model/plan.ts'
import { parseQuantity } from '../../model/quantity.ts'
import { plainText } from '../../model/plain-text.ts'

function percent(before: string | null, after: string | null): string {
  const from = before === null ? undefined : parseQuantity(before)
  const to = after === null ? undefined : parseQuantity(after)
  if (from === undefined || to === undefined || from <= 0) return ''
  const change = Math.round((to / from - 1) * 100)
  return `  ${change < 0 ? '−' : '+'}${Math.abs(change)} %`
}

const WHY: Readonly<Record<FieldChange['why'], string>> = {
  recommended: '',
  raised_with_request: '  (raised with the request)',
  restored: '  (as it was before)',
}

/** `CPU request     100m → 250m  +150 %`: one changed field, its name padded so that fields stand under one another. */
export function fieldText({ resource, part, before, after, why }: FieldChange): string {
  const name = `${resource === 'cpu' ? 'CPU' : 'memory'} ${part === 'requests' ? 'request' : 'limit'}`
  const [from, to] = [before, after].map((text) => (text === null ? 'unset' : plainText(text, 40)))
  return `${name.padEnd(14)}  ${from} → ${to}${percent(before, after)}${WHY[why]}`
}

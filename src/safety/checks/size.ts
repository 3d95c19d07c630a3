import { bytes, cores, cpuQuantity, MEBIBYTE, memoryQuantity, millicores } from '../../model/quantity.ts'
import type { ContainerChange, FieldChange } from '../../model/plan.ts'
import { finding, type Check, type Finding } from './check.ts'
import { fieldName } from './field-name.ts'
import { fieldNumbers } from './field-numbers.ts'

const MOST_INCREASE_PERCENT = 500
const MOST_FACTOR = 1 + MOST_INCREASE_PERCENT / 100

/** The largest value that is still allowed, rounded down to what people write. */
function clamped(field: FieldChange, before: number): string {
  if (field.resource === 'cpu') return cpuQuantity(millicores(Math.floor(cores(before * MOST_FACTOR) * 1000 + 1e-9)))
  const most = bytes(before * MOST_FACTOR)
  return memoryQuantity(bytes(most >= MEBIBYTE ? Math.floor(most / MEBIBYTE) * MEBIBYTE : Math.floor(most)))
}

function tooLarge(change: ContainerChange, field: FieldChange): readonly Finding[] {
  const { before, after } = fieldNumbers(field)
  if (before === undefined || after === undefined || after <= before) return []
  if (before > 0 && after <= before * MOST_FACTOR * (1 + 1e-12)) return []
  const percent = before > 0 ? `+${Math.round((after / before - 1) * 100)} %` : 'from zero'
  const stage = before > 0 ? ` A first stage of ${clamped(field, before)} would be allowed.` : ''
  return [
    finding(
      'block',
      `The ${fieldName(change, field)} would grow from ${field.before} to ${field.after} (${percent}); more than +${MOST_INCREASE_PERCENT} % is refused.${stage}`,
      'Look at why (explain_recommendation), set a first stage by hand, let it run, and scan again.',
    ),
  ]
}

export const size: Check = {
  name: 'size',
  verdict: 'block',
  why: 'A jump this large is more often a wrong number (another unit, a leak, one bad pod) than a real need, and it can fill the nodes at once.',
  find: ({ changes }) => changes.flatMap((change) => change.fields.flatMap((field) => tooLarge(change, field))),
}

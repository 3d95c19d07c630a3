import { problem, type Problem } from '../../model/problem.ts'
import type { LeftOut } from './left-out.ts'

const MOST_SHOWN = 5

/** Everything was left out; with the first reasons, so that it can be understood without another call. */
export function nothingToChange(leftOut: readonly LeftOut[]): Problem {
  const shown = leftOut.slice(0, MOST_SHOWN).map(({ row, why }) => `row ${row}: ${why}`)
  const more = leftOut.length > MOST_SHOWN ? `; and ${leftOut.length - MOST_SHOWN} more` : ''
  return problem(
    'nothing_to_change',
    `Nothing is left to change: ${shown.join('; ')}${more}.`,
    'Choose other rows or fields, or leave these workloads as they are.',
  )
}

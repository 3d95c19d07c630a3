import { parseQuantity } from '../../model/quantity.ts'
import type { FieldChange } from '../../model/plan.ts'

/** A field's value before and after as numbers, in cores or bytes; undefined where not set or no quantity. */
export interface FieldNumbers {
  readonly before: number | undefined
  readonly after: number | undefined
}

const numberOf = (text: string | null): number | undefined => (text === null ? undefined : parseQuantity(text))

export const fieldNumbers = ({ before, after }: FieldChange): FieldNumbers => ({
  before: numberOf(before),
  after: numberOf(after),
})

import type { Plan } from '../../model/plan.ts'

const MOST_LINES = 30
const MOST_CHANGES = 8

/**
 * Whether a client's form may carry the question. Hosts cut, scroll and fold long texts, and a yes to something that was
 * not seen is no yes; longer plans are answered at a terminal.
 */
export function isShortEnoughForForm(text: string, { steps }: Plan): boolean {
  const changes = steps.flatMap((step) => step.changes.flatMap((change) => change.fields)).length
  return text.split('\n').length <= MOST_LINES && changes <= MOST_CHANGES
}

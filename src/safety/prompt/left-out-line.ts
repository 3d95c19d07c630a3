import type { Plan } from '../../model/plan.ts'
import { sentenceText } from './sentence-text.ts'

const MOST_SHOWN = 5

/** What was asked for and is not in the plan; empty when that is nothing. */
export function leftOutLine({ leftOut, purpose }: Plan): readonly string[] {
  if (leftOut.length === 0) return []
  const unit = purpose.kind === 'undo' ? 'step' : 'row'
  const shown = leftOut.slice(0, MOST_SHOWN).map(({ row, why }) => `${unit} ${row}: ${sentenceText(why, 200)}`)
  const more = leftOut.length > MOST_SHOWN ? `; and ${leftOut.length - MOST_SHOWN} more` : ''
  const count = `${leftOut.length} ${unit}${leftOut.length === 1 ? '' : 's'}`
  return [`- Left out: ${count} (${shown.join('; ')}${more})`]
}

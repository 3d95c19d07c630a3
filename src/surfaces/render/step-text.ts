import type { StepState } from '../../journal/state.ts'
import { plainText } from '../../model/plain-text.ts'
import { spanText } from './span-text.ts'

/** How one workload of an execution stands, in a few words. `over`: the execution has ended, so nothing more will come. */
export function stepText(step: StepState, over: boolean): string {
  const { write, undo } = step
  if (undo !== 'none') return undoText(step)
  if (write === 'none') return over ? 'not written' : 'waiting'
  if (write === 'intended') return over ? 'sent, its answer is unknown' : 'being written'
  if (write === 'refused') return 'not written'
  if (step.tiers.some((tier) => !tier.passed)) return 'failed'
  return step.tiers.some(({ tier }) => tier === 'stability') ? 'verified' : 'written, not yet verified'
}

function undoText({ undo, undoSettled }: StepState): string {
  if (undo === 'intended') return 'being undone'
  if (undo === 'refused') return 'undo refused'
  if (undoSettled === undefined) return 'undone, the old values are not yet seen running'
  return undoSettled.complete ? 'undone' : 'undone in part'
}

type Judged = StepState['tiers'][number]

/** `readiness  FAILED after 30 s (oom_killed): …`: one tier's verdict. */
function tierLine({ tier, passed, message, cause, tookMs }: Judged): string {
  const verdict = passed ? 'passed' : 'FAILED'
  const why = cause === null ? '' : ` (${cause})`
  return `     ${tier.padEnd(9)}  ${verdict} after ${spanText(tookMs)}${why}: ${plainText(message, 1000)}`
}

/** What is known about a step beyond its word: each tier, what troubled it, what came of an undo. */
export const stepDetailLines = ({ tiers, trouble, undoSettled }: StepState): readonly string[] => [
  ...tiers.map(tierLine),
  ...(trouble === null ? [] : [`     trouble    ${plainText(trouble, 1000)}`]),
  ...(undoSettled === undefined ? [] : [`     undo       ${plainText(undoSettled.message, 1000)}`]),
]

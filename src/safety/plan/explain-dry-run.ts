import { finding, type Finding } from '../checks/check.ts'
import type { Problem } from '../../model/problem.ts'
import { quoted } from '../../model/safe-text.ts'

const NO_DRY_RUN = /does not support dry run/i
// The whole text with which the API server answers a failed `test`: it names nothing.
const FAILED_TEST = /rejected our request due to an error in our request/i

/** Why a dry run was refused, in words that say what to do. Everything here blocks: unproven is not proven. */
export function explainDryRun({ reason, message, next }: Problem): Finding & { readonly check: string } {
  // A fault of tooling and no verdict about the change, so it has its own name; but nobody knows what would happen.
  if (NO_DRY_RUN.test(message))
    return {
      check: 'webhook',
      ...finding(
        'unknown',
        `An admission webhook of the cluster refuses dry runs, so the change cannot be proven: ${quoted(message, 400)}`,
        'Ask who runs the webhook to declare its sideEffects as None or NoneOnDryRun.',
      ),
    }
  const say = (found: Finding) => ({ check: 'dry-run', ...found })
  if (FAILED_TEST.test(message))
    return say(finding('block', 'The workload changed while it was being previewed.', 'Preview again.'))
  switch (reason) {
    case 'api_invalid':
    case 'api_conflict':
    case 'api_not_found':
    case 'api_forbidden':
      return say(finding('block', `The API server would refuse the change: ${quoted(message, 400)}`, next))
    default:
      return say(finding('unknown', `The dry run could not be made: ${quoted(message, 400)}`, next))
  }
}

import { blocks, type CheckResult } from '../../model/plan.ts'
import { forTool, type Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import type { ShownPlan } from './plan-text.ts'

/** What the API server says to the plan now. The token is still unused. */
export function dryRunEnvelope(view: ShownPlan, checks: readonly CheckResult[], token: string): Envelope {
  const refused = checks.filter(blocks)
  const { plan, state } = view
  return {
    status: refused.length > 0 ? 'blocked' : 'approved',
    headline:
      refused.length > 0
        ? `Dry run: the API server would not take plan ${plan.id} as it is. Nothing was changed.`
        : `Dry run: the API server takes every request of plan ${plan.id}. Nothing was changed, the token is unused.`,
    cluster: { name: plainText(state.facts.clusterName, 80), source: state.facts.source },
    changed_cluster: 'no',
    next: refused.length > 0 ? [] : [forTool('apply_recommendations', { confirmation_token: token, dry_run: false })],
    data: {
      plan_id: plan.id,
      dry_run: true,
      requests_tried: plan.steps.length,
      refused: refused.map(({ subject, message, next }) => ({
        subject: plainText(subject, 300),
        message: plainText(message, 500),
        what_to_do: plainText(next, 300),
      })),
    },
  }
}

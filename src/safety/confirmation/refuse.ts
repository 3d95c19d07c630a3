import type { Actor } from '../../model/actor.ts'
import type { PlanId } from '../../model/ids.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Journal } from '../../journal/journal.ts'
import { APPROVED_FOR } from './answer.ts'

/** A person's no, at the command line. Final for this plan; also takes back a yes that was not used yet. */
export async function refuse(plan: PlanId, by: Actor, journal: Journal): Promise<Result<null>> {
  return journal.append((state) => {
    const known = state.plans.get(plan)
    if (!known)
      return failed(problem('unknown_id', `There is no plan ${plan}.`, 'List the open ones with krr-mcp approvals.'))
    const decision = {
      plan,
      digest: known.facts.digest,
      answer: 'refused',
      level: 'terminal',
      channel: 'terminal',
      question: null,
      promptHash: '',
      trust: 'same-user',
      by,
    } as const
    return ok({
      drafts: [
        {
          actor: by,
          event: { kind: 'decision_recorded', subject: plan, facts: { decision, approvedFor: APPROVED_FOR } },
        },
      ],
      value: null,
    })
  })
}

import { problem, type Problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import type { ExecutionState } from '../journal/state.ts'
import type { ApprovedPlan } from '../safety/approval/approved-plan.ts'
import type { ExecutorPorts } from './executor-ports.ts'
import type { Run } from './run.ts'

const WATCH = 'Look at it with get_execution, or: krr-mcp watch'

/** Makes this worker the one that holds the execution. Of two that try at once, one gets `lease_lost`. */
export async function claim(approved: ApprovedPlan, ports: ExecutorPorts): Promise<Result<Run>> {
  const fence = await ports.journal.append<number>((state) => {
    const execution = state.executions.get(approved.execution)
    const why = whyNotClaimable(execution, approved)
    if (why || !execution) return failed(why ?? unknown(approved))
    const next = execution.fence + 1
    const facts = { fence: next, pid: ports.pid, host: ports.host }
    const event = { kind: 'execution_claimed' as const, subject: execution.id, facts }
    return ok({ drafts: [{ actor: ports.actor, event }], value: next })
  })
  return fence.ok ? ok({ approved, ports, fence: fence.value, lost: new AbortController() }) : fence
}

const unknown = ({ execution }: ApprovedPlan): Problem =>
  problem('unknown_id', `There is no execution ${execution} in this journal.`, WATCH)

function whyNotClaimable(execution: ExecutionState | undefined, approved: ApprovedPlan): Problem | undefined {
  if (!execution) return unknown(approved)
  // The value in hand and the journal must speak of the same bytes, or the record would be of something else.
  if (execution.digest !== approved.digest || execution.plan !== approved.plan.id)
    return problem('not_approved', `Execution ${execution.id} was queued for another plan.`, WATCH)
  // Going on where another worker left off is recovery, which looks before it acts; here everything starts from nothing.
  if (execution.status !== 'queued')
    return problem('lease_lost', `Execution ${execution.id} was already taken: it is ${execution.status}.`, WATCH)
  return undefined
}

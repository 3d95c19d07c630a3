import { failed, type Result } from '../../model/result.ts'
import { problem } from '../../model/problem.ts'
import { satisfies } from '../../model/level.ts'
import { redeem, type Redemption } from '../../safety/confirmation/token.ts'
import type { AppPorts } from './app-ports.ts'
import { loadExecution, type ExecutionView, type PlanView } from './load.ts'
import { makeExecutionId } from './make-id.ts'
import { levelNow } from './policy-now.ts'
import { stillTrue } from './still-true.ts'

/** Refuses a decision that the policy, as it is now, would not accept: the stricter of then and now holds. */
async function stillEnough(view: PlanView, ports: AppPorts): Promise<Result<null>> {
  const needed = await levelNow(view.plan, ports)
  if (!needed.ok) return needed
  const { phase } = view.state
  if (phase.kind !== 'approved' || satisfies(phase.decision.level, needed.value)) return { ok: true, value: null }
  return failed(
    problem(
      'level_not_available',
      `The policy now demands a decision at level ${needed.value}; this plan has ${phase.decision.level}.`,
      'Make a new plan and have it approved at that level.',
    ),
  )
}

/** Spends a decision on one execution and starts its worker. The journal lets only one caller through. */
export async function spend(view: PlanView, redemption: Redemption, ports: AppPorts): Promise<Result<ExecutionView>> {
  const whole = await ports.journal.reread()
  if (!whole.ok) return whole
  const enough = await stillEnough(view, ports)
  if (!enough.ok) return enough
  const current = await stillTrue(view.plan, ports)
  if (!current.ok) return current
  const state = await ports.journal.state()
  if (!state.ok) return state
  const execution = makeExecutionId(state.value.executions, ports.random)
  const about = { plan: view.plan.id, digest: view.digest, execution, deadline: view.plan.executionDeadline }
  const redeemed = await redeem(about, redemption, { journal: ports.journal, by: ports.actor })
  if (!redeemed.ok) return redeemed
  const launched = await ports.launcher.launch(execution)
  return launched.ok ? loadExecution(execution, ports) : launched
}

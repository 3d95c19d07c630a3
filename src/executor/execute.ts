import { problem } from '../model/problem.ts'
import { ok, type Result } from '../model/result.ts'
import type { ExecutionStatus } from '../model/status.ts'
import { isApprovedPlan, type ApprovedPlan } from '../safety/approval/approved-plan.ts'
import { claim } from './claim.ts'
import { conclude, type Conclusion } from './conclude.ts'
import type { ExecutorPorts } from './executor-ports.ts'
import { startHeartbeat } from './heartbeat.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import { runPlan } from './run-plan.ts'
import { heldBack } from './run-wave.ts'
import { whyNotSameCluster } from './same-cluster.ts'

const ENDED = problem(
  'lease_lost',
  'This worker has ended its work on the execution.',
  'Look at it with get_execution.',
)

/**
 * Carries out an approved plan: writes, verifies, undoes what fails, and records each step before and after it. The
 * answer is how the execution ended; a problem means that this worker lost its claim or its journal and stopped where it was.
 */
export async function execute(approved: ApprovedPlan, ports: ExecutorPorts): Promise<Result<ExecutionStatus>> {
  // The type says so already; what was cast, copied or read back must not get as far as a claim.
  if (!isApprovedPlan(approved)) throw new Error('only an approved plan can be executed')
  const run = await claim(approved, ports)
  if (!run.ok) return run
  const endHeartbeat = startHeartbeat(run.value)
  try {
    const conclusion = await carryOut(run.value)
    return conclusion.ok ? await end(run.value, conclusion.value) : conclusion
  } finally {
    // Even after a bug nothing may go on in the background.
    run.value.lost.abort(ENDED)
    await endHeartbeat()
  }
}

async function carryOut(run: Run): Promise<Result<Conclusion>> {
  const other = await whyNotSameCluster(run)
  if (other !== null) return ok(conclude(run.approved.plan.steps.map((step) => heldBack(step, other))))
  const ends = await runPlan(run)
  return ends.ok ? ok(conclude(ends.value)) : ends
}

async function end(run: Run, { status, why }: Conclusion): Promise<Result<ExecutionStatus>> {
  const facts = { fence: run.fence, status, why }
  const recorded = await record(run, { kind: 'execution_ended', subject: run.approved.execution, facts })
  return recorded.ok ? ok(status) : recorded
}

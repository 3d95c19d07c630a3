import type { ExecutionId } from '../../model/ids.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { ExecutionStatus } from '../../model/status.ts'
import { execute } from '../../executor/execute.ts'
import type { ClusterWriter } from '../../executor/cluster-writer.ts'
import type { Recheck } from '../../executor/recheck.ts'
import { rebuildApproval } from '../../safety/approval/rebuild.ts'
import type { ApprovedPlan } from '../../safety/approval/approved-plan.ts'
import { whatMoved } from '../../safety/plan/what-moved.ts'
import { problem } from '../../model/problem.ts'
import type { AppPorts, ClusterAccess } from '../common/app-ports.ts'
import { levelNow } from '../common/policy-now.ts'
import { planCluster, planPorts } from '../common/still-true.ts'

/** What a worker has and nobody else: a way to write. */
export interface WorkerPorts extends AppPorts {
  readonly writer: () => Promise<Result<ClusterWriter>>
  readonly pid: number
  readonly host: string
}

/** Derives again, before each step, what the approver saw. It can only stop the step. */
const recheck =
  (cluster: ClusterAccess): Recheck =>
  async (plan, step) => {
    const same = await planCluster(plan, cluster)
    if (!same.ok) return same
    const moved = await whatMoved(plan, planPorts(cluster), [step])
    if (!moved.ok) return moved
    return moved.value === null
      ? ok(null)
      : failed(problem('plan_stale', moved.value, 'Make a new plan from a fresh scan.'))
  }

interface Ready {
  readonly approved: ApprovedPlan
  readonly cluster: ClusterAccess
  readonly writer: ClusterWriter
}

async function prepare(id: ExecutionId, ports: WorkerPorts): Promise<Result<Ready>> {
  const approved = await rebuildApproval(id, ports.journal, (plan) => levelNow(plan, ports))
  if (!approved.ok) return approved
  const cluster = await ports.cluster()
  if (!cluster.ok) return cluster
  const same = await planCluster(approved.value.plan, cluster.value)
  if (!same.ok) return same
  const writer = await ports.writer()
  return writer.ok ? ok({ approved: approved.value, cluster: cluster.value, writer: writer.value }) : writer
}

/** A worker's life: rebuilds the approval from the journal, and carries out that plan and nothing else. */
export async function runExecution(id: ExecutionId, ports: WorkerPorts): Promise<Result<ExecutionStatus>> {
  const ready = await prepare(id, ports)
  if (!ready.ok) return giveUp(id, ready.problem.message, ports)
  const { approved, cluster, writer } = ready.value
  const { journal, leases, clock, actor, pid, host } = ports
  return execute(approved, {
    journal,
    leases,
    clock,
    actor,
    pid,
    host,
    writer,
    objects: cluster.reader,
    recheck: recheck(cluster),
  })
}

/** Nothing was written yet: the execution ends, with the reason, instead of waiting for somebody who does not come. */
async function giveUp(id: ExecutionId, why: string, { journal, actor }: WorkerPorts): Promise<Result<ExecutionStatus>> {
  const facts = { fence: null, status: 'needs_human', why: `Nothing was written: ${why}` } as const
  return journal.append((state) => {
    if (state.executions.get(id)?.status !== 'queued') return ok({ drafts: [], value: 'needs_human' })
    return ok({ drafts: [{ actor, event: { kind: 'execution_ended', subject: id, facts } }], value: 'needs_human' })
  })
}

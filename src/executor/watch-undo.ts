import type { PlanTarget } from '../model/plan.ts'
import type { Problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import { nameOf, uidOf } from './field.ts'
import { record } from './record.ts'
import type { Run } from './run.ts'
import type { Expectation } from './verify/expectation.ts'
import { gatherLook } from './verify/gather-look.ts'
import type { Look } from './verify/look.ts'
import { isReady } from './verify/pod-state.ts'
import { currentReplicaSet, currentRevision, isObserved, podsOf } from './verify/revision.ts'
import { rolloutOf } from './verify/rollout-of.ts'
import { stuckPods } from './verify/stuck-pods.ts'
import { unverifiable } from './verify/unverifiable.ts'

const POLL_MS = 1_000

interface Settled {
  readonly complete: boolean
  /** A sentence. */
  readonly message: string
}

/** Waits until an undo has rolled out, as long as a rollout may take, and records what came of it. */
export async function watchUndo(run: Run, written: Expectation): Promise<Result<Settled>> {
  const settled = await waitFor(run, written)
  if (!settled.ok) return settled
  const facts = { step: written.step.step, fence: run.fence, ...settled.value }
  const recorded = await record(run, { kind: 'undo_settled', subject: run.approved.execution, facts })
  return recorded.ok ? settled : recorded
}

async function waitFor(run: Run, written: Expectation): Promise<Result<Settled>> {
  const { clock, objects } = run.ports
  const { target } = written.step
  const since = clock.now().monotonic
  for (;;) {
    if (run.lost.signal.aborted) return failed(run.lost.signal.reason as Problem)
    const look = await gatherLook(objects, target)
    const now = look.ok ? settledBy(look.value, written) : pending(look.problem.message)
    if (now.complete) return ok(now)
    const waited = clock.now().monotonic - since
    if (waited >= run.approved.plan.verification.rolloutDeadline) {
      const stuck = look.ok ? stuckPods(look.value) : []
      const message = `after ${Math.round(waited / 1000)} s still: ${now.message}${advice(target, stuck)}`
      return ok({ complete: false, message })
    }
    await clock.sleep(POLL_MS)
  }
}

const advice = ({ namespace }: PlanTarget, stuck: readonly string[]): string =>
  stuck.length === 0
    ? ''
    : ` Kubernetes does not replace ${stuck.join(', ')} by itself, because it waits for pods of the failed revision to become ` +
      `ready. To let the old values run: kubectl -n ${namespace} delete pod ${stuck.join(' ')}`

const pending = (message: string): Settled => ({ complete: false, message })

function settledBy(look: Look, written: Expectation): Settled {
  const idle = unverifiable(look.workload)
  if (idle !== undefined) return { complete: true, message: `the old values are back. ${idle}` }
  const rollout = rolloutOf(look.workload)
  if (rollout.kind === 'done') return { complete: true, message: `${serving(look, written)} (${rollout.message}).` }
  const { baseline } = written
  const ready = readyPods(look)
  // A workload that was half up before can only be expected to be half up again.
  if (baseline.ready < baseline.replicas && ready !== undefined && ready >= baseline.ready)
    return { complete: true, message: `${serving(look, written)}, with ${ready} pods ready as before the change.` }
  return pending(`rollout: ${rollout.message}.`)
}

/** Ready pods of the current revision; undefined until its controller has made it. */
function readyPods(look: Look): number | undefined {
  const revision = isObserved(look.workload) ? currentRevision(look) : undefined
  return revision && podsOf(look, revision).filter(isReady).length
}

/** An exact undo brings back the very ReplicaSet that served before; anything else is worth saying. */
function serving(look: Look, { baseline, step }: Expectation): string {
  if (step.target.kind !== 'Deployment') return 'the old values run again'
  const set = currentReplicaSet(look)
  if (set && uidOf(set) === baseline.replicaSet?.uid) return `the old ReplicaSet ${nameOf(set)} serves again`
  return `the old values run again, in the ReplicaSet ${set ? nameOf(set) : 'that followed'}`
}

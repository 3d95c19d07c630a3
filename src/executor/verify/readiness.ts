import { pass, wait, type Judged } from './judged.ts'
import type { Look } from './look.ts'
import { isAlive, isReady } from './pod-state.ts'
import { currentRevision, podsOf } from './revision.ts'
import { wantedPods } from './wanted-pods.ts'

/** Tier 3: pods of the new revision, and not just any pods, are ready in the wanted number. */
export function readiness(look: Look): Judged {
  const revision = currentRevision(look)
  if (!revision) return wait('The new revision does not exist yet.', 'rollout_deadline')
  const wanted = wantedPods(look.workload)
  const pods = podsOf(look, revision).filter(isAlive)
  const ready = pods.filter(isReady).length
  const sentence = `${ready} of ${wanted} pods of ${revision.name} are ready.`
  if (ready >= wanted) return pass(sentence)
  // Without pods there is nothing that could become ready: then the rollout is what is late.
  return wait(sentence, pods.length === 0 ? 'rollout_deadline' : 'not_ready')
}

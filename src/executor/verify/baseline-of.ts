import type { JsonObject } from '../../model/json.ts'
import type { WallMillis } from '../../model/time.ts'
import { countAt, nameOf, textAt, uidOf } from '../field.ts'
import { containerTroubles } from './container-troubles.ts'
import type { Look } from './look.ts'
import { containerStatuses, isAlive, isReady } from './pod-state.ts'
import { currentReplicaSet, currentRevision, podsOf, revisionOf } from './revision.ts'
import type { StepBaseline } from './step-baseline.ts'
import { wantedPods } from './wanted-pods.ts'

/** What verification compares with later. Restarts are counted per pod and container: pods come and go. */
export function baselineOf(look: Look, takenAt: WallMillis): StepBaseline {
  const { workload } = look
  const revision = currentRevision(look)
  const pods = revision ? podsOf(look, revision).filter(isAlive) : []
  const set = textAt(workload, ['kind']) === 'Deployment' ? currentReplicaSet(look) : undefined
  const uid = set && uidOf(set)
  return {
    takenAt,
    replicas: wantedPods(workload),
    ready: pods.filter(isReady).length,
    generation: countAt(workload, ['metadata', 'generation']),
    revision: revisionOf(workload) ?? textAt(workload, ['status', 'updateRevision']) ?? null,
    restarts: restartCounts(look),
    troubles: [...new Set(pods.flatMap(currentTroubles))],
    replicaSet: set && uid ? { name: nameOf(set), uid } : null,
  }
}

// What waits now; that something was OOM-killed weeks ago says nothing about today.
const currentTroubles = (pod: JsonObject): readonly string[] =>
  containerTroubles(pod)
    .filter(({ current }) => current)
    .map(({ container, reason }) => `${container} ${reason}`)

const restartCounts = ({ pods }: Look): Readonly<Record<string, number>> =>
  Object.fromEntries(
    pods.flatMap((pod) =>
      containerStatuses(pod).map((status) => [
        `${uidOf(pod)}/${textAt(status, ['name'])}`,
        countAt(status, ['restartCount']),
      ]),
    ),
  )

import { isOwnedBy, nameOf, textAt, uidOf } from '../field.ts'
import type { Look } from './look.ts'
import { isAlive, isReady } from './pod-state.ts'

const ordinal = (name: string): number => Number(name.slice(name.lastIndexOf('-') + 1))

/**
 * Names of a StatefulSet's pods that hang on a revision that is no longer wanted and are not ready, highest ordinal
 * first. The controller waits for them to become ready before it replaces them, even after the template was put right
 * (kubernetes#67250), so nobody but a person gets past them.
 */
export function stuckPods({ workload, pods }: Look): readonly string[] {
  const wanted = textAt(workload, ['status', 'updateRevision'])
  if (textAt(workload, ['kind']) !== 'StatefulSet' || wanted === undefined) return []
  const stuck = pods.filter(
    (pod) =>
      isOwnedBy(pod, uidOf(workload) ?? '') &&
      isAlive(pod) &&
      !isReady(pod) &&
      textAt(pod, ['metadata', 'labels', 'controller-revision-hash']) !== wanted,
  )
  return stuck.map(nameOf).sort((a, b) => ordinal(b) - ordinal(a))
}

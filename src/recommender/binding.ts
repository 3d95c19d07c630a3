import type { ObservedPod } from '../model/observation.ts'
import type { Binding } from '../model/recommendation.ts'
import type { Result } from '../model/result.ts'

const ENOUGH = 0.9

/**
 * Are the metrics about this cluster? Names repeat from cluster to cluster, a pod's UID does not. An unbound scan is
 * shown, but never leads to a change: it would be sized by another cluster's load.
 */
export function bindingOf(pods: Result<readonly ObservedPod[]>, uids: ReadonlySet<string>): Binding {
  if (!pods.ok) {
    const reason = `the pods of the cluster could not be read: ${pods.problem.message}`
    return { kind: 'unbound', matched: 0, running: 0, reason }
  }
  const running = pods.value.filter((pod) => pod.phase === 'Running')
  const matched = running.filter((pod) => uids.has(`${pod.namespace}/${pod.name}/${pod.uid}`)).length
  const counts = { matched, running: running.length }
  if (running.length === 0) {
    return {
      kind: 'unbound',
      ...counts,
      reason: 'no pod in scope is running, so nothing ties the metrics to this cluster',
    }
  }
  if (uids.size === 0) {
    const reason =
      'the metrics have no kube_pod_info for this scope: kube-state-metrics is missing, or it is another cluster'
    return { kind: 'unbound', ...counts, reason }
  }
  if (matched < ENOUGH * running.length) {
    const reason = `only ${matched} of ${running.length} running pods are in the metrics with the same UID: another cluster's numbers?`
    return { kind: 'unbound', ...counts, reason }
  }
  return { kind: 'bound', ...counts }
}

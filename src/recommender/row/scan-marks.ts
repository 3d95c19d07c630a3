import type { Mark } from '../../model/recommendation.ts'
import { workloadPath } from '../../model/workload.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import type { ObservedCluster } from '../observe-cluster.ts'
import type { ContainerUsage } from '../usage/container-usage.ts'
import { dataMarks } from './data-marks.ts'
import type { Looked } from './data-marks.ts'

/** What to know before trusting a row, for every row of a scan. */
export function scanMarks(
  found: readonly PodsOfContainer[],
  observed: ObservedCluster,
  looked: Looked,
): (found: PodsOfContainer, usage: ContainerUsage) => readonly Mark[] {
  const twins = twinsOf(found)
  return (each, usage) => [
    ...dataMarks(each, usage, looked),
    ...autoscalerMark(each, observed),
    ...twinMark(each, twins),
  ]
}

/** krr looks at average utilization only: what else steers an autoscaler goes unseen, and a changed request may still move it. */
function autoscalerMark({ container }: PodsOfContainer, observed: ObservedCluster): readonly Mark[] {
  const autoscaler = observed.autoscalerOf(container)
  const unseen = autoscaler !== null && autoscaler.cpuUtilization === null && autoscaler.memoryUtilization === null
  const hidden = observed.hiddenAutoscaler(container)
  if (!unseen && !hidden) return []
  const why = hidden
    ? 'the label selector hides it, as in krr'
    : 'it does not steer by the average utilization of CPU or memory'
  const text = `An autoscaler works on this workload, and the numbers do not consider it: ${why}. Look at it before changing requests.`
  return [{ kind: 'autoscaler_not_considered', text }]
}

/** Rows about the very same pods: a Rollout and the Deployment whose template it borrows. */
function twinsOf(found: readonly PodsOfContainer[]): ReadonlyMap<string, readonly PodsOfContainer[]> {
  return Map.groupBy(
    found.filter(({ pods }) => pods.length > 0),
    twinKey,
  )
}
const twinKey = ({ container, pods }: PodsOfContainer): string =>
  `${container.namespace}/${container.container}/${pods.map(({ name }) => name).join(',')}`

function twinMark(each: PodsOfContainer, twins: ReadonlyMap<string, readonly PodsOfContainer[]>): readonly Mark[] {
  const others = (twins.get(twinKey(each)) ?? []).filter(({ container }) => container.uid !== each.container.uid)
  const [other] = others
  if (!other) return []
  const text = `${workloadPath(other.container)} has the same pods: change one of the two only, the one that makes the pods.`
  return [{ kind: 'listed_twice', text }]
}

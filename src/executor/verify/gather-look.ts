import type { KubeObject } from '../../model/observation.ts'
import type { PlanTarget } from '../../model/plan.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { workloadPath } from '../../model/workload.ts'
import type { ObjectReader } from '../../ports/cluster-reader.ts'
import { isOwnedBy, uidOf } from '../field.ts'
import type { Look } from './look.ts'
import { selectorText } from './selector-text.ts'

const REVISIONS = { Deployment: 'replicasets', DaemonSet: 'controllerrevisions', StatefulSet: undefined } as const

/** Reads what the tiers judge. The workload comes first: what is read after it can only be newer. */
export async function gatherLook(objects: ObjectReader, target: PlanTarget): Promise<Result<Look>> {
  const workload = await objects.workload(target)
  if (!workload.ok) return workload
  const labelSelector = selectorText(workload.value)
  if (labelSelector === undefined)
    return failed(
      problem('api_malformed', `${workloadPath(target)} has no selector that finds its pods.`, 'Look at it by hand.'),
    )
  const { namespace } = target
  const plural = REVISIONS[target.kind]
  const [revisions, pods] = await Promise.all([
    plural ? objects.list({ api: '/apis/apps/v1', plural, namespace, labelSelector }) : ok<readonly KubeObject[]>([]),
    objects.list({ api: '/api/v1', plural: 'pods', namespace, labelSelector }),
  ])
  if (!revisions.ok) return revisions
  if (!pods.ok) return pods
  const uid = uidOf(workload.value) ?? ''
  const owned = revisions.value.filter((each) => isOwnedBy(each, uid))
  return ok({ workload: { ...workload.value, kind: target.kind }, revisions: owned, pods: pods.value })
}

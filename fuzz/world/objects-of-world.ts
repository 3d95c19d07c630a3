import type { ObjectToPost } from '../../test/harness/post-objects.ts'
import { autoscalerObject } from './objects/autoscaler-object.ts'
import { podObjects } from './objects/pod-objects.ts'
import { workloadObject } from './objects/workload-object.ts'
import type { WorldPlan } from './world-plan.ts'

/** What the API server is to know of a world, in an order in which it takes it. */
export function objectsOfWorld({ workloads }: WorldPlan): readonly ObjectToPost[] {
  return workloads.flatMap((plan) => [workloadObject(plan), ...podObjects(plan), ...autoscalerObject(plan)])
}

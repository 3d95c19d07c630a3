import type { Reading } from '../checks/snapshot.ts'
import { inParallel } from './in-parallel.ts'
import type { PlanPorts } from './plan-wish.ts'

async function read(namespace: string, { objects }: PlanPorts): Promise<Reading> {
  const listed = await objects.list({ api: '/apis/autoscaling/v2', plural: 'horizontalpodautoscalers', namespace })
  if (listed.ok) return { kind: 'read', items: listed.value }
  // A cluster that does not serve the group has no autoscaler; anything else that fails means that nobody knows.
  return listed.problem.reason === 'api_not_found'
    ? { kind: 'not_served' }
    : { kind: 'unreadable', why: listed.problem.message }
}

/** The autoscalers of each namespace, each namespace listed once however many workloads it has. */
export async function gatherAutoscalers(
  namespaces: readonly string[],
  ports: PlanPorts,
): Promise<ReadonlyMap<string, Reading>> {
  const distinct = [...new Set(namespaces)]
  const readings = await inParallel(distinct, async (namespace) => [namespace, await read(namespace, ports)] as const)
  return new Map(readings)
}

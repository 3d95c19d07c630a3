import { expect, it } from 'vitest'
import { gatherLook } from '../../../src/executor/verify/gather-look.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { PlanTarget } from '../../../src/model/plan.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import type { ListQuery, ObjectReader } from '../../../src/ports/cluster-reader.ts'
import { FINGERPRINT } from '../support/plan-of.ts'
import { NEW, OLD, pod, replicaSet, workload } from '../support/objects.ts'

const target = (kind: PlanTarget['kind'] = 'Deployment'): PlanTarget => ({
  kind,
  namespace: 'shop',
  name: 'web',
  uid: 'uid-web',
})
const unreachable = failed(problem('api_unreachable', 'No route.', ''))

function reader(
  object: JsonObject,
  lists: Record<string, readonly JsonObject[]>,
): ObjectReader & { asked: ListQuery[] } {
  const asked: ListQuery[] = []
  return {
    asked,
    fingerprint: async () => ok(FINGERPRINT),
    workload: async () => ok(object),
    list: async (query) => {
      asked.push(query)
      const found = lists[query.plural]
      return found ? ok(found) : unreachable
    },
  }
}

it('takes only the ReplicaSets that this very Deployment owns', async () => {
  const forged = {
    ...replicaSet('forged', NEW),
    metadata: { name: 'web-forged', ownerReferences: [{ uid: 'x', controller: true }] },
  }
  const objects = reader(workload(), { replicasets: [replicaSet('old', OLD), forged], pods: [pod()] })
  const look = await gatherLook(objects, target())
  expect(look).toMatchObject({ ok: true, value: { revisions: [{ metadata: { name: 'web-old' } }] } })
  expect(objects.asked).toEqual([
    { api: '/apis/apps/v1', plural: 'replicasets', namespace: 'shop', labelSelector: 'app=web' },
    { api: '/api/v1', plural: 'pods', namespace: 'shop', labelSelector: 'app=web' },
  ])
})

it('asks for the revisions of a DaemonSet, and for none of a StatefulSet, whose status names its own', async () => {
  const daemons = reader(workload({ kind: 'DaemonSet' }), { controllerrevisions: [], pods: [] })
  await gatherLook(daemons, target('DaemonSet'))
  expect(daemons.asked.map(({ plural }) => plural)).toEqual(['controllerrevisions', 'pods'])
  const set = reader(workload({ kind: 'StatefulSet' }), { pods: [] })
  await gatherLook(set, target('StatefulSet'))
  expect(set.asked.map(({ plural }) => plural)).toEqual(['pods'])
})

it('does not look for pods without a selector: it would find everybody’s', async () => {
  const objects = reader(workload({ spec: { selector: {} } }), { replicasets: [], pods: [] })
  expect(await gatherLook(objects, target())).toMatchObject({ ok: false, problem: { reason: 'api_malformed' } })
  expect(objects.asked).toEqual([])
})

it('is no look when a part of it is missing', async () => {
  expect(await gatherLook(reader(workload(), { pods: [] }), target())).toEqual(unreachable)
  expect(await gatherLook(reader(workload(), { replicasets: [] }), target())).toEqual(unreachable)
  const gone = { ...reader(workload(), {}), workload: async () => unreachable }
  expect(await gatherLook(gone, target())).toEqual(unreachable)
})

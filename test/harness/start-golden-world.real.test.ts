import { expect, it } from 'vitest'
import { describeGolden } from './describe-golden.ts'
import { connectKubeApi } from './kube-api.ts'
import { queryPrometheus } from './query-prometheus.ts'

describeGolden({ world: 'two-days', seed: 1 }, (world) => {
  it('has its objects in the cluster, untouched by any controller', async () => {
    const { controlPlane } = world()
    const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    const web = await api.get<{ status: object }>('/apis/apps/v1/namespaces/shop/deployments/web')
    const autoscaler = '/apis/autoscaling/v2/namespaces/team-a/horizontalpodautoscalers/hpa-cpu'
    const { status } = await api.get<{ status: object }>(autoscaler)
    const rollouts = await api.get<{ items: object[] }>('/apis/argoproj.io/v1alpha1/rollouts')
    await api.close()
    expect(web.status).toEqual({})
    expect(status).toMatchObject({ currentReplicas: 2, desiredReplicas: 3 })
    expect(rollouts.items).toHaveLength(2)
  })

  it('has its series in Prometheus', async () => {
    const { prometheusUrl, evaluatedAt } = world()
    const query = 'count(count by (pod) (container_memory_working_set_bytes{namespace="shop"}))'
    const [answer] = await queryPrometheus(prometheusUrl, query, evaluatedAt)
    expect(answer?.value[1]).toBe('7')
  })
})

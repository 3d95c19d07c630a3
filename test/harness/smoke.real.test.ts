import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectKubeApi, type KubeApi } from './kube-api.ts'
import { deployment } from './deployment.ts'
import { describeReal } from './describe-real.ts'
import { kubectl } from './kubectl.ts'
import { makeNamespace } from './make-namespace.ts'
import { waitForRollout } from './wait-for-rollout.ts'

describeReal('the test bed', (controlPlane) => {
  let api: KubeApi
  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  })
  afterAll(async () => await api.close())

  it('answers /readyz and says which version it is', async () => {
    expect(await api.request({ method: 'GET', path: '/readyz' })).toEqual({ status: 200, body: 'ok' })
    expect(await api.get('/version')).toMatchObject({ gitVersion: expect.stringMatching(/^v1\.\d+\.\d+$/) })
  })

  it('completes a rollout with the simulated kubelet', async () => {
    const namespace = await makeNamespace(api, 'smoke')
    await api.post(`/apis/apps/v1/namespaces/${namespace}/deployments`, deployment({ name: 'web', replicas: 2 }))
    const { status } = await waitForRollout(api, namespace, { name: 'web' })
    expect(status.availableReplicas).toBe(2)
  })

  it('is what kubectl sees', async () => {
    expect((await kubectl(controlPlane, ['get', 'nodes', '-o', 'name'])).split('\n')).toContain('node/node-a')
    expect(
      await kubectl(controlPlane, ['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.username}'], { user: 'alice' }),
    ).toBe('alice')
  })

  it('lets a user without rights do nothing', async () => {
    await expect(kubectl(controlPlane, ['get', 'pods'], { user: 'stranger' })).rejects.toThrow(/Forbidden/)
  })
})

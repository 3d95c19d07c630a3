import { afterAll, beforeAll, expect, it } from 'vitest'
import { deployment } from './deployment.ts'
import { describeReal } from './describe-real.ts'
import { connectKubeApi, type KubeApi } from './kube-api.ts'
import { makeNamespace } from './make-namespace.ts'
import { openAuditLog } from './open-audit-log.ts'

describeReal('the audit log as a judge', (controlPlane) => {
  let admin: KubeApi
  let operator: KubeApi
  let namespace: string
  beforeAll(async () => {
    admin = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    operator = await connectKubeApi({ ...controlPlane, token: controlPlane.tokens.operator })
    namespace = await makeNamespace(admin, 'audit')
  })
  afterAll(async () => {
    await admin.close()
    await operator.close()
  })

  const deployments = (): string => `/apis/apps/v1/namespaces/${namespace}/deployments`

  it('finds no write in reads, access reviews and dry runs', async () => {
    const audit = await openAuditLog(controlPlane)
    await operator.get(deployments())
    await operator.post('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews', {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes: { verb: 'patch', resource: 'deployments', group: 'apps' } },
    })
    await operator.post(`${deployments()}?dryRun=All`, deployment({ name: 'dry' }))
    expect(await audit.requests({ user: 'operator' })).toHaveLength(3)
    expect(await audit.writes({ user: 'operator' })).toEqual([])
  })

  it('finds a write at once, with its body and the answer it got, and only the one of that user', async () => {
    const audit = await openAuditLog(controlPlane)
    await admin.post(deployments(), deployment({ name: 'by-admin', replicas: 0 }))
    await operator.post(deployments(), deployment({ name: 'by-operator', replicas: 0 }))
    const writes = await audit.writes({ user: 'operator' })
    expect(writes).toMatchObject([
      { verb: 'create', stage: 'ResponseComplete', responseStatus: { code: 201 }, objectRef: { namespace } },
    ])
    expect(writes[0]?.requestObject).toMatchObject({ metadata: { name: 'by-operator' } })
    expect(await audit.writes({ user: 'admin', namespace })).toHaveLength(1)
  })

  it('finds a write that was refused', async () => {
    const audit = await openAuditLog(controlPlane)
    const stranger = await connectKubeApi({ ...controlPlane, token: controlPlane.tokens.stranger })
    const answer = await stranger.request({ method: 'DELETE', path: `${deployments()}/by-operator` })
    await stranger.close()
    expect(answer.status).toBe(403)
    expect(await audit.writes({ user: 'stranger' })).toMatchObject([{ verb: 'delete', responseStatus: { code: 403 } }])
  })
})

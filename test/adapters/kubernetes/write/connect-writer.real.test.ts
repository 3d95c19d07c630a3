import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  type ConnectedDryRunner,
  connectDryRunner,
} from '../../../../src/adapters/kubernetes/dry-run/connect-dry-runner.ts'
import { resolveConnection } from '../../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { type ConnectedWriter, connectWriter } from '../../../../src/adapters/kubernetes/write/connect-writer.ts'
import type { PlanTarget } from '../../../../src/model/plan.ts'
import { deployment } from '../../../harness/deployment.ts'
import { describeReal } from '../../../harness/describe-real.ts'
import { connectKubeApi, type KubeApi } from '../../../harness/kube-api.ts'
import { makeNamespace } from '../../../harness/make-namespace.ts'
import { approvedPlan, cpuPatch } from '../support/approved-plan.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'

interface Deployment {
  readonly metadata: { readonly uid: string; readonly generation: number }
  readonly spec: {
    readonly template: { readonly spec: { readonly containers: readonly { readonly resources: object }[] } }
  }
}

describeReal('writing to a real API server', (controlPlane) => {
  let api: KubeApi
  let writer: ConnectedWriter
  let dryRunner: ConnectedDryRunner
  let target: PlanTarget
  const live = () => api.get<Deployment>(`/apis/apps/v1/namespaces/${target.namespace}/deployments/web`)
  const requested = async () => (await live()).spec.template.spec.containers[0]?.resources

  beforeAll(async () => {
    api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
    const connection = expectOk(
      await resolveConnection({ kubeconfig: controlPlane.kubeconfigFiles.operator, environment: {} }),
    )
    writer = connectWriter(connection)
    dryRunner = connectDryRunner(connection)
    const namespace = await makeNamespace(api, 'writer')
    const made = await api.post<Deployment>(
      `/apis/apps/v1/namespaces/${namespace}/deployments`,
      deployment({ name: 'web', containers: { app: { requests: { cpu: '100m' } } } }),
    )
    target = { kind: 'Deployment', namespace, name: 'web', uid: made.metadata.uid }
  })
  afterAll(async () => {
    await writer.close()
    await dryRunner.close()
    await api.close()
  })

  it('tries a request without keeping anything of it', async () => {
    const answer = expectOk(await dryRunner.dryRun(cpuPatch(target, '200m')))
    expect(answer.object).toMatchObject({ metadata: { generation: 2 } })
    expect(await requested()).toEqual({ requests: { cpu: '100m' } })
  })

  it('hands on what the API server finds wrong with a request', async () => {
    const request = cpuPatch(target, '200m')
    const unknown = {
      ...request,
      path: request.path.replace('Strict', 'Warn'),
      body: JSON.stringify([{ op: 'add', path: '/spec/nonsense', value: 1 }]),
    }
    expect(expectOk(await dryRunner.dryRun(unknown)).warnings).toEqual([expect.stringContaining('nonsense')])
    const invalid = expectProblem(await dryRunner.dryRun(cpuPatch(target, '-1')))
    expect(invalid).toMatchObject({
      reason: 'api_invalid',
      message: expect.stringContaining('must be greater than or equal to 0'),
    })
    const stale = expectProblem(await dryRunner.dryRun(cpuPatch({ ...target, uid: 'another' }, '200m')))
    expect(stale).toMatchObject({
      reason: 'api_invalid',
      next: expect.stringContaining('no longer as it was planned for'),
    })
  })

  it('writes the step, says its audit id, rehearses the undo and carries it out', async () => {
    const plan = approvedPlan({ target, request: cpuPatch(target, '300m'), undo: cpuPatch(target, '100m') })
    const written = expectOk(await writer.send(plan, 1, 'do'))
    expect(written.auditId).toMatch(/^[0-9a-f-]{36}$/)
    expect(await requested()).toEqual({ requests: { cpu: '300m' } })
    expectOk(await writer.rehearse(plan, 1, 'undo'))
    expect(await requested()).toEqual({ requests: { cpu: '300m' } })
    expectOk(await writer.send(plan, 1, 'undo'))
    expect(await requested()).toEqual({ requests: { cpu: '100m' } })
  })
})

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ClusterConnection } from '../../../../src/adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { connectWriter } from '../../../../src/adapters/kubernetes/write/connect-writer.ts'
import type { FrozenRequest, PlanTarget } from '../../../../src/model/plan.ts'
import type { ApprovedPlan } from '../../../../src/safety/approval/approved-plan.ts'
import { approvedPlan, cpuPatch } from '../support/approved-plan.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, type Reply, startFakeApi } from '../support/fake-api.ts'
import { makeCertificate } from '../support/make-certificate.ts'

const authority = makeCertificate({ commonName: 'test CA', authority: true })
const server = makeCertificate({ commonName: 'server', issuer: authority, ips: ['127.0.0.1'] })
const target: PlanTarget = { kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' }
const request = cpuPatch(target, '200m')
const undo = cpuPatch(target, '100m')

describe('the writer', () => {
  let api: FakeApi
  let connection: ClusterConnection
  beforeAll(async () => {
    api = await startFakeApi({ server })
    connection = connectionTo(api.origin, { tls: { ca: authority.cert, insecureSkipVerify: false } })
  })
  let before = { requests: 0, connections: 0 }
  beforeEach(() => {
    before = { requests: api.seen.length, connections: api.connections() }
    api.reply(json(200, { kind: 'Deployment' }, { 'audit-id': 'a-1' }))
  })
  afterAll(async () => await api.close())

  const write = async (plan: ApprovedPlan, more: Partial<ClusterConnection> = {}, step = 1) => {
    const writer = connectWriter({ ...connection, ...more }, QUICK)
    const result = await writer.send(plan, step, 'do')
    await writer.close()
    return result
  }
  const expectRefusal = async (result: Promise<unknown>, words: string) => {
    expect(expectProblem((await result) as Awaited<ReturnType<typeof write>>)).toMatchObject({
      reason: 'request_refused_here',
      message: expect.stringContaining(words),
    })
    expect(api.connections()).toBe(before.connections)
  }

  it('sends exactly the approved bytes of the step, or of its undo, or either as a dry run', async () => {
    const writer = connectWriter(connection, QUICK)
    const plan = approvedPlan({ target, request, undo })
    expect(expectOk(await writer.send(plan, 1, 'do'))).toEqual({
      object: { kind: 'Deployment' },
      auditId: 'a-1',
      warnings: [],
    })
    expectOk(await writer.send(plan, 1, 'undo'))
    expectOk(await writer.rehearse(plan, 1, 'do'))
    expectOk(await writer.rehearse(plan, 1, 'undo'))
    await writer.close()
    expect(api.seen.slice(before.requests).map(({ method, path, body }) => [method, path, body])).toEqual([
      ['PATCH', request.path, request.body],
      ['PATCH', undo.path, undo.body],
      ['PATCH', `${request.path}&dryRun=All`, request.body],
      ['PATCH', `${undo.path}&dryRun=All`, undo.body],
    ])
  })

  it('refuses whatever only looks like an approved plan', async () => {
    const real = approvedPlan({ target, request })
    const copies: readonly unknown[] = [
      Object.assign({}, real),
      structuredClone({ plan: real.plan, digest: real.digest }),
      JSON.parse(JSON.stringify(real)),
      Object.create(real),
      Object.setPrototypeOf(Object.assign({}, real), Object.getPrototypeOf(real) as object),
      new Proxy(real, {}),
      null,
    ]
    for (const copy of copies) await expectRefusal(write(copy as ApprovedPlan), 'no approved plan')
  })

  it('refuses to write where the server is not checked', async () => {
    const plan = approvedPlan({ target, request })
    await expectRefusal(write(plan, { tls: { insecureSkipVerify: true } }), 'switched off')
    await expectRefusal(write(plan, { origin: api.origin.replace('https', 'http') }), 'plain http')
  })

  it('refuses a step that the plan does not have', async () => {
    await expectRefusal(write(approvedPlan({ target, request }), {}, 2), 'no step 2')
  })

  const path = request.path.split('?')[0] ?? ''
  it.each<[string, Partial<FrozenRequest>]>([
    ['another workload', { path: request.path.replace('web', 'db') }],
    ['another namespace', { path: request.path.replace('shop', 'kube-system') }],
    ['another kind', { path: request.path.replace('deployments', 'statefulsets') }],
    ['a pod', { path: request.path.replace('apis/apps/v1', 'api/v1').replace('deployments', 'pods') }],
    ['another version', { path: request.path.replace('/v1/', '/v1beta1/') }],
    ['a subresource', { path: request.path.replace('web?', 'web/scale?') }],
    ['a collection', { path: request.path.replace('/web', '') }],
    ['a way round', { path: request.path.replace('/web', '/x/../web') }],
    ['an encoded way round', { path: request.path.replace('/web', '/x%2f..%2fweb') }],
    ['another origin', { path: `//evil.example${request.path}` }],
    ['no field manager', { path }],
    ['another field manager', { path: `${path}?fieldManager=kubectl` }],
    ['two field managers', { path: `${path}?fieldManager=krr-mcp&fieldManager=kubectl` }],
    ['force', { path: `${request.path}&force=true` }],
    ['a dry run of its own', { path: `${request.path}&dryRun=All` }],
    ['no validation of fields', { path: `${path}?fieldManager=krr-mcp&fieldValidation=Ignore` }],
    ['a fragment', { path: `${request.path}#` }],
    ['a merge patch', { contentType: 'application/merge-patch+json' as FrozenRequest['contentType'] }],
    ['another method', { method: 'PUT' as 'PATCH' }],
  ])('refuses an approved request for %s, before the socket', async (_, bent) => {
    await expectRefusal(write(approvedPlan({ target, request: { ...request, ...bent } })), 'is not sent, because')
  })

  it.each<[string, Reply]>([
    ['reset', (response) => response.destroy()],
    ['never answered', () => {}],
    ['answered with half a document', (response) => response.end('{"kind"')],
    ['answered with a failure of the server', json(500, { message: 'etcdserver: request timed out' })],
  ])('sends a write once and says that its fate is unknown when it is %s', async (_, reply) => {
    api.reply(reply, json(200, {}))
    expect(expectProblem(await write(approvedPlan({ target, request }))).message).toContain(
      'It is unknown whether the write was taken',
    )
    expect(api.seen).toHaveLength(before.requests + 1)
  })
})

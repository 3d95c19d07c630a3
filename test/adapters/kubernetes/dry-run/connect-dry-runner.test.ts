import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectDryRunner } from '../../../../src/adapters/kubernetes/dry-run/connect-dry-runner.ts'
import { dryRunTransport } from '../../../../src/adapters/kubernetes/dry-run/dry-run-transport.ts'
import type { ApiRequest } from '../../../../src/adapters/kubernetes/http/api-transport.ts'
import { openTransport } from '../../../../src/adapters/kubernetes/http/open-transport.ts'
import type { FrozenRequest, PlanTarget } from '../../../../src/model/plan.ts'
import { cpuPatch } from '../support/approved-plan.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, startFakeApi } from '../support/fake-api.ts'

const target: PlanTarget = { kind: 'Deployment', namespace: 'shop', name: 'web', uid: 'u' }
const PATH = '/apis/apps/v1/namespaces/shop/deployments/web'

describe('the dry runner', () => {
  let api: FakeApi
  beforeEach(async () => {
    api = await startFakeApi()
    api.reply(json(200, { kind: 'Deployment' }, { warning: '299 - "old"' }))
  })
  afterEach(async () => await api.close())

  it('sends the frozen bytes as a dry run', async () => {
    const request = cpuPatch(target, '200m')
    const runner = connectDryRunner(connectionTo(api.origin), QUICK)
    expect(expectOk(await runner.dryRun(request))).toEqual({ object: { kind: 'Deployment' }, warnings: ['old'] })
    await runner.close()
    expect(api.seen).toEqual([
      expect.objectContaining({ method: 'PATCH', path: `${request.path}&dryRun=All`, body: request.body }),
    ])
    expect(api.seen[0]?.headers['content-type']).toBe('application/json-patch+json')
  })

  it.each<[string, ApiRequest]>([
    ['a write', { method: 'PATCH', path: `${PATH}?fieldManager=krr-mcp` }],
    ['two answers to the question', { method: 'PATCH', path: `${PATH}?dryRun=All&dryRun=` }],
    ['the question twice', { method: 'PATCH', path: `${PATH}?dryRun=All&dry%52un=All` }],
    ['another word', { method: 'PATCH', path: `${PATH}?dryRun=all` }],
    ['another name', { method: 'PATCH', path: `${PATH}?DryRun=All` }],
    ['one that a proxy may cut off', { method: 'PATCH', path: `${PATH}?fieldManager=a#&dryRun=All` }],
    ['one in the path', { method: 'PATCH', path: `${PATH}/dryRun=All` }],
    ['a creation', { method: 'POST', path: `${PATH}?dryRun=All` }],
    ['a read', { method: 'GET', path: `${PATH}?dryRun=All` }],
    ['a deletion', { method: 'DELETE' as 'PATCH', path: `${PATH}?dryRun=All` }],
  ])('refuses %s before the socket', async (_, request) => {
    const transport = dryRunTransport(openTransport(connectionTo(api.origin), QUICK))
    expect(expectProblem(await transport.send(request)).reason).toBe('request_refused_here')
    await transport.close()
    expect(api.connections()).toBe(0)
  })

  it('refuses frozen requests that meddle with the dry run themselves', async () => {
    const runner = connectDryRunner(connectionTo(api.origin), QUICK)
    const frozen = cpuPatch(target, '200m')
    const bent: readonly FrozenRequest[] = [
      { ...frozen, path: `${frozen.path}&dryRun=` },
      { ...frozen, path: `${frozen.path}#` },
      { ...frozen, method: 'DELETE' as 'PATCH' },
    ]
    for (const request of bent) expect(expectProblem(await runner.dryRun(request)).reason).toBe('request_refused_here')
    await runner.close()
    expect(api.connections()).toBe(0)
  })
})

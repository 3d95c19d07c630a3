import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ApiRequest } from '../../../../src/adapters/kubernetes/http/api-transport.ts'
import { openTransport } from '../../../../src/adapters/kubernetes/http/open-transport.ts'
import { readingTransport } from '../../../../src/adapters/kubernetes/read/reading-transport.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, startFakeApi } from '../support/fake-api.ts'

const POD = '/api/v1/namespaces/shop/pods/web'
const REVIEW = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'
const refused: readonly (readonly [why: string, request: ApiRequest])[] = [
  ['a patch', { method: 'PATCH', path: POD, body: '[]', contentType: 'application/json-patch+json' }],
  ['a dry run (the dry runner’s)', { method: 'PATCH', path: `${POD}?dryRun=All`, body: '[]' }],
  ['a new object', { method: 'POST', path: '/api/v1/namespaces/shop/pods', body: '{}' }],
  [
    'a new object that calls itself a dry run',
    { method: 'POST', path: '/api/v1/namespaces/shop/pods?dryRun=All', body: '{}' },
  ],
  [
    'a review of somebody else’s rights',
    { method: 'POST', path: '/apis/authorization.k8s.io/v1/subjectaccessreviews', body: '{}' },
  ],
  ['a review with something behind it', { method: 'POST', path: `${REVIEW}/x`, body: '{}' }],
  [
    'a new service account token',
    { method: 'POST', path: '/api/v1/namespaces/shop/serviceaccounts/x/token', body: '{}' },
  ],
  ['a command in a pod', { method: 'GET', path: `${POD}/exec?command=sh` }],
  ['a tunnel to a pod', { method: 'GET', path: `${POD}/portforward` }],
  ['a request to a service', { method: 'GET', path: '/api/v1/namespaces/shop/services/web/proxy/admin' }],
  ['a pod’s log', { method: 'GET', path: `${POD}/log` }],
  ['a secret', { method: 'GET', path: '/api/v1/namespaces/shop/secrets/password' }],
  ['all secrets', { method: 'GET', path: '/api/v1/secrets' }],
  ['a GET with a body', { method: 'GET', path: POD, body: '{}' }],
  ['something outside the API', { method: 'GET', path: '/debug/pprof/heap' }],
  // A method that no type allows, as a bug or a cast could bring it.
  ['a deletion', { method: 'DELETE' as 'GET', path: POD }],
  ['a method in lower case', { method: 'delete' as 'GET', path: POD }],
]

describe('the reading transport', () => {
  let api: FakeApi
  beforeEach(async () => {
    api = await startFakeApi()
    api.reply(json(200, {}))
  })
  afterEach(async () => await api.close())

  it.each(refused)('refuses %s before the socket', async (_, request) => {
    const transport = readingTransport(openTransport(connectionTo(api.origin), QUICK))
    expect(expectProblem(await transport.send(request)).reason).toBe('request_refused_here')
    await transport.close()
    expect(api.connections()).toBe(0)
    expect(api.seen).toEqual([])
  })

  it.each<[string, ApiRequest]>([
    ['a list', { method: 'GET', path: '/apis/apps/v1/deployments?limit=500' }],
    ['an object, even one called exec', { method: 'GET', path: '/api/v1/namespaces/exec/pods/secrets' }],
    ['a namespace', { method: 'GET', path: '/api/v1/namespaces/kube-system' }],
    ['the version', { method: 'GET', path: '/version' }],
    ['a question about our own rights', { method: 'POST', path: REVIEW, body: '{}' }],
  ])('lets %s through', async (_, request) => {
    const transport = readingTransport(openTransport(connectionTo(api.origin), QUICK))
    expectOk(await transport.send(request))
    await transport.close()
    expect(api.seen).toHaveLength(1)
  })
})

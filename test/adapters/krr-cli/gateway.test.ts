import { expect, it, onTestFinished } from 'vitest'
import { lossesOf } from '../../../src/adapters/krr-cli/losses.ts'
import { openGateway } from '../../../src/adapters/krr-cli/open-gateway.ts'
import type { GatewaySettings } from '../../../src/adapters/krr-cli/gateway-settings.ts'
import { problem } from '../../../src/model/problem.ts'
import { failed, ok } from '../../../src/model/result.ts'
import type { ForwardQuery } from '../../../src/ports/krr-engine.ts'
import { emptyVector, fakeKrr, krrOutput, never, request } from './support/fake-krr.ts'

const AT = 1_793_491_230
type Form = Readonly<Record<string, string>>

async function opened(more: Partial<GatewaySettings> = {}) {
  const forwarded: [path: string, form: Form][] = []
  const forward: ForwardQuery = (path, form) => {
    forwarded.push([path, form])
    return Promise.resolve(ok({ status: 200, body: emptyVector }))
  }
  const gateway = await openGateway({ forward, at: AT, password: 'p', ...more })
  onTestFinished(() => gateway.close())
  const authorization = `Basic ${Buffer.from('krr:p').toString('base64')}`
  const ask = async (path: string, form: Form = {}, init: RequestInit = {}) =>
    await fetch(`${gateway.url}${path}`, {
      method: 'POST',
      headers: { authorization },
      body: new URLSearchParams(form),
      ...init,
    })
  return { gateway, forwarded, ask, authorization }
}

it('evaluates every instant query as of one time, whatever krr says', async () => {
  const { ask, forwarded } = await opened()
  const answer = await ask('/api/v1/query', { query: 'up', time: '1' })
  expect(await answer.text()).toBe(emptyVector)
  expect(forwarded).toEqual([['/api/v1/query', { query: 'up', time: String(AT) }]])
})

it('moves a range to that time, cut to the minute as krr cuts it, and keeps its length and step', async () => {
  const { ask, forwarded } = await opened()
  await ask('/api/v1/query_range', { query: 'x', start: '60', end: '3660', step: '75s' })
  await ask('/api/v1/query_range', {
    query: 'max(prometheus_tsdb_head_series)',
    start: '7',
    end: '3607',
    step: '3600s',
  })
  expect(forwarded.map(([, { start, end, step }]) => [start, end, step])).toEqual([
    [String(AT - 30 - 3600), String(AT - 30), '75s'],
    [String(AT - 3600), String(AT), '3600s'],
  ])
})

it('forwards nothing for who does not know the password', async () => {
  const { ask, forwarded } = await opened()
  const other = `Basic ${Buffer.from('krr:q').toString('base64')}`
  for (const headers of [{}, { authorization: other }, { authorization: 'Bearer kubeconfig-token' }]) {
    expect((await ask('/api/v1/query', { query: 'up' }, { headers })).status).toBe(403)
  }
  expect(forwarded).toEqual([])
})

it.each([
  ['/api/v1/admin/tsdb/delete_series', 404],
  ['/-/quit', 404],
  ['/api/v1/query/../admin/tsdb/snapshot', 404],
  ['/api/v1/label/cluster/values', 404],
  ['/api/v1/query%2f', 404],
])('forwards nothing but queries: %s', async (path, status) => {
  const { ask, forwarded } = await opened()
  expect((await ask(path, { query: 'up' })).status).toBe(status)
  expect(forwarded).toEqual([])
})

it('forwards no other method, no long body and no other parameter', async () => {
  const { ask, authorization, forwarded } = await opened()
  expect((await ask('/api/v1/query', {}, { method: 'DELETE' })).status).toBe(405)
  expect((await ask('/api/v1/query', { query: 'x'.repeat(2 << 20) }).catch(() => ({ status: 413 }))).status).toBe(413)
  await ask('/api/v1/query?query=up&stats=all', {}, { method: 'GET', body: null, headers: { authorization } })
  expect(forwarded).toEqual([['/api/v1/query', { query: 'up', time: String(AT) }]])
})

it('knows one value of the cluster label, the one that it was told', async () => {
  const { ask, authorization, forwarded } = await opened({ label: { name: 'cluster', value: 'eu-1' } })
  const init = { method: 'GET', body: null, headers: { authorization } }
  expect(await (await ask('/api/v1/label/cluster/values', {}, init)).json()).toEqual({
    status: 'success',
    data: ['eu-1'],
  })
  expect((await ask('/api/v1/label/pod/values', {}, init)).status).toBe(404)
  expect(forwarded).toEqual([])
})

it('listens on this machine alone, and not after the run', async () => {
  const { gateway, ask } = await opened()
  expect(new URL(gateway.url).hostname).toBe('127.0.0.1')
  await gateway.close()
  await expect(ask('/api/v1/query', { query: 'up' })).rejects.toThrow()
})

it('keeps what krr asked for and never got: failures, refusals, and answers with parts missing', async () => {
  const unreachable = problem('prometheus_unreachable', 'it is down', 'start it')
  const partial = JSON.stringify({ status: 'success', data: {}, warnings: ['store x is away'] })
  const remark = JSON.stringify({ status: 'success', data: {}, warnings: ['PromQL info: style'] })
  let tries = 0
  const forward: ForwardQuery = (_path, { query }) => {
    if (query === 'down') return Promise.resolve(failed(unreachable))
    if (query === 'refused') return Promise.resolve(ok({ status: 422, body: '{"status":"error","error":"too many"}' }))
    if (query === 'partial') return Promise.resolve(ok({ status: 200, body: partial }))
    if (query === 'late')
      return Promise.resolve((tries += 1) > 1 ? ok({ status: 200, body: remark }) : failed(unreachable))
    return Promise.resolve(ok({ status: 200, body: emptyVector }))
  }
  const { gateway, ask } = await opened({ forward })
  const statuses: number[] = []
  for (const query of ['fine', 'down', 'refused', 'partial', 'late', 'late']) {
    statuses.push((await ask('/api/v1/query', { query })).status)
  }
  expect(statuses).toEqual([200, 502, 422, 502, 502, 200])
  expect(gateway.asked()).toBe(6)
  expect(gateway.lost()).toEqual([
    { promql: 'down', why: 'it is down' },
    { promql: 'refused', why: 'Prometheus answered with status 422: too many' },
    { promql: 'partial', why: 'the answer may be incomplete: store x is away' },
  ])
})

it('a query that failed as often as krr tries is lost, though another container had its answer later', () => {
  const losses = lossesOf()
  const lost = { promql: 'kube_pod_owner', why: 'away' }
  for (let tries = 0; tries < 4; tries += 1) losses.note('q', lost)
  losses.note('q', undefined)
  expect(losses.list()).toEqual([])
  losses.note('q', lost)
  losses.note('q', undefined)
  expect(losses.list()).toEqual([lost])
})

it('is what a krr is sent to, and what it could not get is in the answer', async () => {
  const { engine } = await fakeKrr(`await ask('up'); await ask('lost'); console.log(${JSON.stringify(krrOutput())})`, {
    forward: (_path, { query }) =>
      Promise.resolve(ok(query === 'lost' ? { status: 503, body: 'away' } : { status: 200, body: emptyVector })),
  })
  const answer = await engine.scan(request(), never())
  expect(answer).toMatchObject({
    ok: true,
    value: { queries: 2, lost: [{ promql: 'lost', why: 'Prometheus answered with status 503: away' }] },
  })
})

it('a krr that got no answer from Prometheus is told apart, with what our own transport knows', async () => {
  const { engine } = await fakeKrr(
    `await ask('example')
     console.error("[10:00:00] ERROR    Wasn't able to connect to any Prometheus service in c cluster    runner.py:70")
     process.exitCode = 1`,
    { forward: () => Promise.resolve(failed(problem('prometheus_unreachable', 'the connection was refused', ''))) },
  )
  const answer = await engine.scan(request(), never())
  expect(answer).toMatchObject({ ok: false, problem: { reason: 'krr_prometheus_unreachable' } })
  expect(answer.ok || answer.problem.message).toContain('the connection was refused')
})

it('a krr that never came through to the gateway is told that, not that Prometheus is away', async () => {
  const { engine } = await fakeKrr(
    `console.error("ERROR    Wasn't able to connect to any Prometheus service in c cluster")
     process.exitCode = 1`,
  )
  const answer = await engine.scan(request(), never())
  expect(answer).toMatchObject({ ok: false, problem: { reason: 'krr_prometheus_unreachable' } })
  expect(answer.ok || answer.problem.next).toContain('not in a container')
})

import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import type { Scope } from '../../../src/model/observation.ts'
import { connectionTo, QUICK } from './support/connection-to.ts'
import { expectOk, expectProblem } from './support/expect-ok.ts'
import { json, type Reply, status } from './support/fake-api.ts'
import { items, meta, podOf, startWorkloadApi, type WorkloadApi } from './support/workload-api.ts'

const STATEFUL_SETS = '/apis/apps/v1/statefulsets'
const good = (name: string) => items({ metadata: meta(name), spec: { template: podOf('app') } })
const html: Reply = (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Please log in</h1>')
const truncated: Reply = (response) => response.writeHead(200).end('{"items":[{"metadata":{"name":"we')
const cutOff: Reply = (response) => {
  response.writeHead(200, { 'content-length': '1000' }).write('{"items":[')
  response.destroy()
}
const silent: Reply = () => {}
const inTheMiddle: Reply = (response) => void response.writeHead(200).write('{"items":[')
const denied = (resource: string): Reply =>
  status(
    403,
    `${resource}.apps is forbidden: User "x" cannot list resource "${resource}" in API group "apps" at the cluster scope`,
  )

describe('a faulty API server', () => {
  let world: WorkloadApi
  beforeEach(async () => {
    world = await startWorkloadApi()
    world.answers = { '/apis/apps/v1/deployments': good('web'), '/apis/apps/v1/daemonsets': good('agent') }
  })
  afterEach(async () => await world.close())
  const unreadOf = async (scope: Partial<Scope> = {}) => {
    const { containers, unread } = await world.read(scope)
    return {
      rows: containers.map(({ name }) => name),
      unread: unread.map(({ kind, reason, message }) => `${kind} ${reason}: ${message}`),
    }
  }

  it.each<[string, Reply, RegExp]>([
    ['401', status(401, 'Unauthorized'), /^StatefulSet error: The credential of context test was not accepted/],
    ['403', denied('statefulsets'), /^StatefulSet forbidden: You may not list statefulsets\.apps in the whole cluster/],
    [
      '404',
      (response) => response.writeHead(404).end('404 page not found\n'),
      /^StatefulSet not_served: There is no \/apis/,
    ],
    ['410 at the start', status(410, 'too old'), /^StatefulSet error: .*too old/],
    ['429', json(429, {}, { 'retry-after': '600' }), /^StatefulSet error: .*asks to wait 600 s/],
    ['500', status(500, 'etcd is gone'), /^StatefulSet error: .*etcd is gone/],
    ['truncated JSON', truncated, /^StatefulSet error: .*is not the JSON object/],
    ['a connection that breaks off', cutOff, /^StatefulSet error: .*cannot be reached/],
    ['HTML of a proxy', html, /^StatefulSet error: .*is not the JSON object/],
    ['a list that is none', json(200, [1]), /^StatefulSet error: .*is not the JSON object/],
    ['no items', json(200, { kind: 'StatefulSetList' }), /^StatefulSet error: .*listing statefulsets is no list/],
    [
      'items that are no list',
      json(200, { items: { web: {} } }),
      /^StatefulSet error: .*listing statefulsets is no list/,
    ],
    ['silence', silent, /^StatefulSet error: .*did not answer in time/],
    ['silence in the middle', inTheMiddle, /^StatefulSet error: .*did not answer in time/],
    ['an item that is nothing', items(null as never), /^StatefulSet error: .*lacks/],
    ['an object without a name', items({ spec: { template: podOf('app') } }), /^StatefulSet error: .*lacks a name/],
    [
      'an object without a uid',
      items({ metadata: { name: 'a', namespace: 'b' }, spec: { template: podOf('app') } }),
      /^StatefulSet error: The StatefulSet .*lacks a name, a namespace or a uid/,
    ],
    [
      'an object without containers',
      items({ metadata: meta('db'), spec: {} }),
      /^StatefulSet error: The StatefulSet .*lacks its containers/,
    ],
    [
      'a container without a name',
      items({ metadata: meta('db'), spec: { template: { spec: { containers: [{ image: 'x' }] } } } }),
      /^StatefulSet error: The StatefulSet .*lacks the name of a container/,
    ],
    [
      'a container that is a number',
      items({ metadata: meta('db'), spec: { template: { spec: { containers: [7] } } } }),
      /^StatefulSet error: The StatefulSet .*lacks the name of a container/,
    ],
  ])('is named with the kind that it spoils: %s', async (_, reply, expected) => {
    world.answers[STATEFUL_SETS] = reply
    const { rows, unread } = await unreadOf()
    expect(rows).toEqual(['web', 'agent'])
    expect(unread).toEqual([expect.stringMatching(expected)])
  })

  it('spoils one object only, where the others are fine', async () => {
    world.answers[STATEFUL_SETS] = items(
      { metadata: meta('db'), spec: { template: podOf('db') } },
      { metadata: meta('bad'), spec: { template: { spec: { containers: [{}] } } } },
    )
    const { rows, unread } = await unreadOf()
    expect(rows).toEqual(['web', 'db', 'agent'])
    expect(unread).toHaveLength(1)
  })

  it('does not flood the list of what could not be read', async () => {
    world.answers[STATEFUL_SETS] = items(...Array.from({ length: 100 }, (_, at) => ({ metadata: meta(`bad-${at}`) })))
    const { unread } = await unreadOf()
    expect(unread).toHaveLength(21)
    expect(unread.at(-1)).toBe('StatefulSet error: 80 more could not be read.')
  })

  it('says what a hostile name is in a harmless way', async () => {
    world.answers[STATEFUL_SETS] = items({ metadata: meta('x\u001B[2J\n- approve all`'), spec: {} })
    const { unread } = await unreadOf()
    for (const character of ['\u001B', '\n']) expect(unread[0]).not.toContain(character)
  })

  it.each<[string, Reply, string]>([
    ['401', status(401, 'Unauthorized'), 'api_unauthorized'],
    ['429', json(429, {}, { 'retry-after': '600' }), 'api_rate_limited'],
    ['500', status(500, 'oops'), 'api_error'],
    ['HTML', html, 'api_malformed'],
    ['no lists', json(200, {}), 'api_malformed'],
    ['silence', silent, 'api_unreachable'],
  ])('that says %s to everything is a problem, not a cluster without workloads', async (_, reply, reason) => {
    world.api.reply(reply)
    const { reader } = world
    const answers = await Promise.all([
      reader.workloads({ kinds: [], namespaces: [] }),
      reader.workloads({ kinds: [], namespaces: ['a', 'b'] }),
      reader.autoscalers({ namespaces: [], kinds: [] }),
      reader.pods({ namespaces: [] }),
    ])
    expect(answers.map((answer) => expectProblem(answer).reason)).toEqual(answers.map(() => reason))
    expect(expectProblem(await reader.fingerprint()).reason).toMatch(/^api_/)
  })

  it('that hangs is not waited for list by list', async () => {
    world.api.reply(silent)
    const many = Array.from({ length: 60 }, (_, at) => `n${at}`)
    expect(expectProblem(await world.reader.workloads({ namespaces: many, kinds: [] })).reason).toBe('api_unreachable')
    // 480 lists; each would be asked for three times.
    expect(world.api.seen.length).toBeLessThan(100)
  })

  it('that forbids everything is a listing in which every kind is said', async () => {
    world.api.reply(status(403, 'no'))
    const { rows, unread } = await unreadOf()
    expect(rows).toEqual([])
    expect(unread).toHaveLength(8)
    expect(unread.every((each) => each.includes(' forbidden: '))).toBe(true)
  })

  it('that is not there is a problem at once', async () => {
    const server = createServer()
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
    await new Promise((resolve) => server.close(resolve))
    const nobody = connectReader(connectionTo(`http://127.0.0.1:${port}`), QUICK)
    const before = performance.now()
    expect(expectProblem(await nobody.workloads({ namespaces: [], kinds: [] }))).toMatchObject({
      reason: 'api_unreachable',
      message: expect.stringContaining('ECONNREFUSED'),
    })
    expect(performance.now() - before).toBeLessThan(5000)
    await nobody.close()
  })

  it('that is busy for a moment is asked again, after the time it names', async () => {
    let asked = 0
    const busyOnce =
      (retryAfter: string): Reply =>
      (response, request) =>
        ((asked += 1) === 1 ? json(429, {}, { 'retry-after': retryAfter }) : good('db'))(response, request)
    world.answers[STATEFUL_SETS] = busyOnce('1')
    const before = Date.now()
    expect((await unreadOf({ kinds: ['StatefulSet'] })).rows).toEqual(['db'])
    expect(Date.now() - before).toBeGreaterThanOrEqual(990)
    asked = 0
    // A date is a whole second, so up to one may be gone already.
    world.answers[STATEFUL_SETS] = busyOnce(new Date(Date.now() + 2500).toUTCString())
    const again = Date.now()
    expect((await unreadOf({ kinds: ['StatefulSet'] })).rows).toEqual(['db'])
    expect(Date.now() - again).toBeGreaterThanOrEqual(1000)
    asked = 0
    world.answers[STATEFUL_SETS] = busyOnce(new Date(Date.now() + 3_600_000).toUTCString())
    expect(expectProblem(await world.reader.workloads({ namespaces: [], kinds: ['StatefulSet'] })).reason).toBe(
      'api_rate_limited',
    )
    expect(asked).toBe(1)
  })

  it('whose list expires on the way is read from its start, or on with the fresh token', async () => {
    const page = (name: string, next?: string): Reply =>
      json(200, {
        items: [{ metadata: meta(name), spec: { template: podOf('app') } }],
        metadata: next ? { continue: next } : {},
      })
    const gone = status(410, 'too old', { metadata: { continue: 'fresh' } })
    const replies = [page('a', 'x'), gone, page('a', 'y'), gone, page('b')]
    world.answers[STATEFUL_SETS] = (response, request) => replies.shift()?.(response, request)
    expect(await unreadOf({ kinds: ['StatefulSet'] })).toEqual({ rows: ['a', 'b'], unread: [] })
    const tokens = world.api.seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('continue'))
    expect(tokens).toEqual([null, 'x', null, 'y', 'fresh'])
  })

  it('that refuses one namespace of several keeps the rows of the others', async () => {
    world.answers['/apis/apps/v1/namespaces/b/statefulsets'] = denied('statefulsets')
    world.answers['/apis/apps/v1/namespaces/a/statefulsets'] = good('db')
    const { rows, unread } = await unreadOf({ namespaces: ['a', 'b', 'c'], kinds: ['StatefulSet'] })
    expect(rows).toEqual(['db'])
    expect(unread).toEqual([expect.stringMatching(/^StatefulSet forbidden/)])
  })

  it('makes no half list of pods, and no pod without an owner out of one with a strange one', async () => {
    const pods = (...list: readonly object[]) =>
      items(...list.map((owner, at) => ({ metadata: meta(`p${at}`, 'shop', owner), status: { phase: 'Running' } })))
    const owner = { kind: 'ReplicaSet', name: 'web-1', uid: 'u', apiVersion: 'apps/v1' }
    world.answers['/api/v1/pods'] = pods(
      {},
      {
        ownerReferences: [
          { ...owner, kind: 'Other' },
          { ...owner, controller: true },
        ],
      },
      { ownerReferences: [owner] },
    )
    const read = expectOk(await world.reader.pods({ namespaces: [] }))
    expect(read.map((pod) => pod.owner)).toEqual([
      undefined,
      { kind: 'ReplicaSet', name: 'web-1', uid: 'u' },
      undefined,
    ])
  })
})

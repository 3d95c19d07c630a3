import { describe, expect, it } from 'vitest'
import { json, status, type Reply } from '../adapters/kubernetes/support/fake-api.ts'
import { BOUND_MS, expectRefused, faultRoom, metricsThat, PATIENCE } from './support/fault-room.ts'
import { truth } from './support/stand-in-metrics.ts'

const room = faultRoom()
const { scan } = room

const GROUP = '/apis/apps/v1/statefulsets'
const forbidden = status(
  403,
  'statefulsets.apps is forbidden: User "x" cannot list resource "statefulsets" in API group "apps" at the cluster scope',
)
const silent: Reply = () => undefined

describe('an API server with a fault', () => {
  it.each<[string, Reply, RegExp, RegExp]>([
    ['401', status(401, 'Unauthorized'), /credential of context test was not accepted/, /./],
    ['403', status(403, 'no'), /may not|forbidden|refused/i, /./],
    ['429', json(429, {}, { 'retry-after': '600' }), /asks to wait 600 s/, /./],
    ['500', status(500, 'etcd is gone'), /etcd is gone/, /./],
    ['503', status(503, 'starting'), /starting/, /./],
    ['HTML', (response) => response.writeHead(200).end('<h1>Please log in</h1>'), /not the JSON|is no/i, /./],
    ['truncated JSON', (response) => response.writeHead(200).end('{"metadata":{"ui'), /not the JSON|is no/i, /./],
    ['JSON of somebody else', json(200, { hello: 1 }), /neither its version nor/, /Kubernetes API/],
    ['silence', silent, /did not answer in time/, /./],
    [
      'a redirect',
      (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /302|redirect/i,
      /./,
    ],
  ])('%s, whatever is asked, ends the scan', PATIENCE, async (_name, reply, message, next) => {
    const { url, asked } = await metricsThat(truth)
    room.cluster().all(reply)
    expectRefused(await scan(url), message, next)
    expect(asked, 'a cluster that is not known is not asked about').toEqual([])
  })

  it('that is down ends the scan', PATIENCE, async () => {
    const { url } = await metricsThat(truth)
    await room.cluster().close()
    expectRefused(await scan(url), /cannot be reached|refused/, /./)
  })

  it.each<[string, Reply, RegExp]>([
    ['403', forbidden, /StatefulSet could not be read, so the scan is without it: You may not list statefulsets\.apps/],
    [
      '410, again and again',
      status(410, 'too old'),
      /StatefulSet could not be read, so the scan is without it: .*too old/,
    ],
    ['429', json(429, {}, { 'retry-after': '600' }), /StatefulSet could not be read.*asks to wait 600 s/],
    ['silence', silent, /StatefulSet could not be read.*did not answer in time/],
  ])('for one kind costs that kind, and says so in every format: %s', PATIENCE, async (_name, reply, expected) => {
    const { url } = await metricsThat(truth)
    room.cluster().answers.set(GROUP, reply)
    const table = await scan(url)
    expect(table.out).toMatch(expected)
    expect(table.out).toContain('deployment/web/app │ 100m → 250m')
    expect(table).toMatchObject({ code: 0, scans: 1 })
    expect(table.took).toBeLessThan(BOUND_MS)
    const csv = await scan(url, ['-f', 'csv'])
    expect(csv.out).not.toContain('StatefulSet')
    expect(csv.err).toMatch(expected)
  })

  it('without a group that nobody asked for is an ordinary cluster', PATIENCE, async () => {
    const { url } = await metricsThat(truth)
    room
      .cluster()
      .answers.set('/apis/argoproj.io/v1alpha1/rollouts', (response) =>
        response.writeHead(404).end('404 page not found\n'),
      )
    const { code, out, err } = await scan(url)
    expect(code).toBe(0)
    expect(out + err).not.toContain('Rollout')
  })

  it('that loses its place in a list, 410, is asked for the list anew', PATIENCE, async () => {
    const { url } = await metricsThat(truth)
    const whole = room.cluster().answers.get('/apis/apps/v1/deployments')
    let lost = 0
    room.cluster().answers.set('/apis/apps/v1/deployments', (response, request) => {
      if (request.path.includes('continue=')) {
        lost += 1
        status(410, 'The provided continue parameter is too old')(response, request)
      } else if (lost === 0) json(200, { items: [], metadata: { continue: 'next' } })(response, request)
      else whole?.(response, request)
    })
    const { code, out } = await scan(url)
    expect([code, lost]).toEqual([0, 1])
    expect(out).toContain('deployment/web/app │ 100m → 250m')
  })
})

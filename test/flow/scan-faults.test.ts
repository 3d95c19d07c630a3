import { describe, expect, it, onTestFinished } from 'vitest'
import { connectPrometheus } from '../../src/adapters/prometheus/connect-prometheus.ts'
import { ok } from '../../src/model/result.ts'
import { answeringServer, says, vector } from '../adapters/prometheus/support/answering-server.ts'
import { freePorts } from '../harness/free-ports.ts'
import { valueOf } from '../safety/support/value-of.ts'
import { BOUND_MS, expectRefused, faultRoom, metricsThat, PATIENCE } from './support/fault-room.ts'
import type { Reach } from './support/scan-in-process.ts'
import { changed, truth, type Say } from './support/stand-in-metrics.ts'

const { scan } = faultRoom()

const always =
  (code: number, body: string, headers: Readonly<Record<string, string>> = {}): Say =>
  (response) =>
    says(code, body, headers)(response, 0)
const failure = (code: number, errorType: string, error: string): Say =>
  always(code, JSON.stringify({ status: 'error', errorType, error }))

it('without a fault there are numbers', PATIENCE, async () => {
  const { url } = await metricsThat(truth)
  const { code, out, scans } = await scan(url)
  expect(out).toContain('deployment/web/app │ 100m → 250m │ 128Mi → 230Mi')
  expect({ code, scans }).toEqual({ code: 0, scans: 1 })
})

const TRUNCATED = vector([{ metric: {}, value: [1, '1'] }]).slice(0, -9)
const FAULTS: readonly (readonly [name: string, say: Say, message: RegExp, next: RegExp])[] = [
  ['401', always(401, 'who are you'), /refused a query \(status 401: who are you\)/, /wants a login/],
  ['403', always(403, 'not you'), /refused a query \(status 403: not you\)/, /not allowed/],
  ['404', always(404, '404 page not found'), /status 404/, /no query API at this address/],
  [
    '422, too many samples, whatever is asked',
    failure(422, 'execution', 'query processing would load too many samples into memory in query execution'),
    /status 422: query processing would load too many samples/,
    /fewer namespaces or a shorter history/,
  ],
  ['429', always(429, 'slow down'), /status 429: slow down/, /try again later/],
  ['500', always(500, 'oh'), /cannot be reached: it answers with status 500/, /check the address/],
  ['503', failure(503, 'unavailable', 'starting up'), /status 503: starting up/, /check the address/],
  [
    '503, its own time limit',
    failure(503, 'timeout', 'query timed out in expression evaluation'),
    /status 503: query timed out/,
    /fewer namespaces|shorter history/,
  ],
  ['truncated JSON', always(200, TRUNCATED), /is not Prometheus': it is not JSON, or was cut off/, /proxy/],
  ['HTML', always(200, '<h1>Please log in</h1>'), /is not Prometheus': it is not JSON/, /proxy/],
  ['nothing at all', always(200, ''), /is not Prometheus': it is not JSON/, /proxy/],
  ['a vector that is none', always(200, '{"status":"success","data":{"resultType":"vector"}}'), /no list/, /proxy/],
  [
    'another result type',
    always(200, '{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}'),
    /result type/,
    /proxy/,
  ],
  ['a value that is no number', always(200, vector([{ metric: {}, value: [1, 'many'] }])), /no number/, /proxy/],
  [
    'labels that are no text',
    always(200, vector([{ metric: { pod: 7 }, value: [1, '1'] }])),
    /label is no text/,
    /proxy/,
  ],
  ['JSON of somebody else', always(200, '{"items":[]}'), /its status is not "success"/, /proxy/],
  [
    'an answer that may be incomplete',
    always(200, vector([], { warnings: ['store gateway is down'] })),
    /may be incomplete: store gateway is down/,
    /mend the source/,
  ],
  ['a connection that is cut', (response) => void response.destroy(), /cannot be reached|cut off/, /check/],
  [
    'a body that is cut',
    (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"status":"succ')
      setTimeout(() => response.destroy(), 20)
    },
    /cut off|cannot be reached/,
    /check/,
  ],
]

describe('a Prometheus with a fault ends the scan with what is wrong and what to do', () => {
  it.each(FAULTS)('%s', PATIENCE, async (_name, say, message, next) => {
    const { url } = await metricsThat(say)
    expectRefused(await scan(url), message, next)
  })

  it('down', PATIENCE, async () => {
    const [port] = await freePorts(1)
    expectRefused(
      await scan(`http://127.0.0.1:${port}`),
      /cannot be reached: the connection was refused/,
      /--prometheus-url/,
    )
  })

  it('no HTTP', PATIENCE, async () => {
    const { url } = await metricsThat((response) => void response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n'))
    expectRefused(await scan(url), /does not speak HTTP|cannot be reached/, /--prometheus-url/)
  })

  it('slow', PATIENCE, async () => {
    const { url } = await metricsThat(() => undefined)
    const change: Reach['change'] = (app) => {
      const hasty = valueOf(connectPrometheus({ url, timeoutMs: 300 }))
      onTestFinished(() => hasty.close())
      return { ...app, usage: () => Promise.resolve(ok(hasty)) }
    }
    expectRefused(await scan(url, [], { change }), /did not answer within 0 s|did not answer/, /shorter history/)
  })

  it('a fault that comes late, after good answers', PATIENCE, async () => {
    const { url } = await metricsThat((response, asked, number) => {
      if (!asked.form.get('query')?.includes('quantile_over_time')) truth(response, asked, number)
      else failure(403, 'forbidden', 'your hour is over')(response, asked, number)
    })
    expectRefused(await scan(url), /status 403: your hour is over/, /not allowed/)
  })

  it('one that passes is not noticed', PATIENCE, async () => {
    let faults = 0
    const { url } = await metricsThat((response, question, number) => {
      if (number === 2 || number === 3) faults += 1
      if (number === 2) always(503, 'busy')(response, question, number)
      else if (number === 3) response.destroy()
      else truth(response, question, number)
    })
    const { code, out } = await scan(url)
    expect(out).toContain('100m → 250m │ 128Mi → 230Mi')
    expect([code, faults]).toEqual([0, 2])
  })
})

describe('a redirect to elsewhere', () => {
  it.each([301, 302, 303, 307, 308])('%d is not followed: the other server sees nothing', PATIENCE, async (code) => {
    const other = await answeringServer(says(200, vector([])))
    onTestFinished(() => other.close())
    const { url } = await metricsThat(always(code, 'moved', { location: `${other.url}/api/v1/query` }))
    const ran = await scan(url, ['--prometheus-headers', 'x-scope-orgid: secret-tenant'])
    expectRefused(ran, new RegExp(`status ${code}`), /redirects are not followed/)
    expect([other.asked.length, other.connections()]).toEqual([0, 0])
    expect(ran.err).not.toContain('secret-tenant')
  })
})

describe('a value that is no number', () => {
  const rowOf = async (change: Readonly<Record<string, string>>) => {
    const { url } = await metricsThat(changed(change))
    const { code, out, took } = await scan(url, ['-f', 'json'])
    expect(took).toBeLessThan(BOUND_MS)
    const { scans } = JSON.parse(out) as { scans: { recommended: { requests: Record<string, { value: unknown }> } }[] }
    return { code, requests: scans.map(({ recommended }) => recommended.requests) }
  }

  it('NaN is "?", as in krr, and the other resource keeps its number', PATIENCE, async () => {
    const { code, requests } = await rowOf({ quantile_over_time: 'NaN' })
    expect(code).toBe(0)
    expect(requests).toEqual([
      { cpu: expect.objectContaining({ value: '?' }), memory: expect.objectContaining({ value: 241172480 }) },
    ])
  })

  it.each([
    ['memory', 'max_over_time(container_memory', '+Inf'],
    ['CPU', 'quantile_over_time', '+Inf'],
    ['CPU', 'quantile_over_time', '-Inf'],
  ])('%s: %s %s is a row that is withheld, with the reason', PATIENCE, async (name, fragment, value) => {
    const { url } = await metricsThat(changed({ [fragment]: value }))
    const withheld = `shop deployment/web/app: withheld: the metrics say an infinite ${name} usage for web-1`
    const { code, out, scans } = await scan(url)
    expect(out).toContain(withheld)
    expect(out).not.toContain('│ deployment/web/app')
    expect({ code, scans }).toEqual({ code: 0, scans: 1 })
    // krr's own format has no place for it.
    const asJson = await scan(url, ['-f', 'json'])
    expect(JSON.parse(asJson.out)).toMatchObject({ scans: [] })
    expect(asJson.err).toContain(`row 1: ${withheld}`)
  })
})

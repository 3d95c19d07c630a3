import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, it } from 'vitest'
import {
  connectPrometheus,
  type PrometheusConnection,
  type PrometheusSettings,
} from '../../../src/adapters/prometheus/connect-prometheus.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { type Answer, type AnsweringServer, answeringServer, says, vector } from './support/answering-server.ts'

const AT = unixSeconds(1_793_491_200)
const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})

function connected(url: string, settings: Omit<PrometheusSettings, 'url'> = {}): PrometheusConnection {
  const connection = connectPrometheus({ url, firstRetryMs: 1, ...settings })
  if (!connection.ok) throw new Error(connection.problem.message)
  cleanUp.push(() => connection.value.close())
  return connection.value
}
async function serverThat(answer: Answer): Promise<AnsweringServer> {
  const server = await answeringServer(answer)
  cleanUp.push(server.close)
  return server
}
/** What comes of one query to a server that answers like this. */
async function ask(answer: Answer, settings: Omit<PrometheusSettings, 'url'> = {}) {
  const server = await serverThat(answer)
  const result = await connected(server.url, settings).instant('up', AT)
  return { server, result, problem: result.ok ? undefined : result.problem }
}

describe('a question to Prometheus', () => {
  it('is a form posted to the query path, for gzip, with a time and a time limit, and nothing of ours', async () => {
    const { server, result } = await ask(says(200, vector([])))
    expect(result).toEqual({ ok: true, value: [] })
    const [asked] = server.asked
    expect(asked).toMatchObject({ method: 'POST', path: '/api/v1/query' })
    expect(Object.fromEntries(asked!.form)).toEqual({ query: 'up', time: '1793491200', timeout: '120s' })
    expect(asked!.headers['accept-encoding']).toBe('gzip')
    expect(asked!.headers['authorization']).toBeUndefined()
    expect(asked!.headers['cookie']).toBeUndefined()
  })

  it('can be about a range', async () => {
    const series = [
      {
        metric: { pod: 'a' },
        values: [
          [1, '2'],
          [2, 'NaN'],
        ],
      },
    ]
    const server = await serverThat(
      says(200, JSON.stringify({ status: 'success', data: { resultType: 'matrix', result: series } })),
    )
    const range = { start: unixSeconds(1), end: unixSeconds(2), stepSeconds: 1 }
    const answer = await connected(`${server.url}/prometheus/`).range('up', range)
    expect(server.asked[0]?.path).toBe('/prometheus/api/v1/query_range')
    expect(answer).toEqual({
      ok: true,
      value: [
        {
          labels: { pod: 'a' },
          points: [
            [1, 2],
            [2, Number.NaN],
          ],
        },
      ],
    })
  })

  it('uses its connections again', async () => {
    const server = await serverThat(says(200, vector([])))
    const prometheus = connected(server.url)
    for (let count = 0; count < 9; count += 1) await prometheus.instant('up', AT)
    expect(server.asked).toHaveLength(9)
    expect(server.connections()).toBeLessThanOrEqual(2)
  })

  it('is answered with numbers, the special ones too, from a compressed body', async () => {
    const values = ['0.1', 'NaN', '+Inf', '-Inf', '1e-7', '4510973952']
    const body = gzipSync(vector(values.map((value, index) => ({ metric: { pod: `p${index}` }, value: [1, value] }))))
    const { result } = await ask((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body))
    expect(result.ok && result.value.map((sample) => sample.value)).toEqual([
      0.1,
      Number.NaN,
      Infinity,
      -Infinity,
      1e-7,
      4_510_973_952,
    ])
    expect(result.ok && result.value[1]?.labels).toEqual({ pod: 'p1' })
  })
})

describe('a URL', () => {
  it.each([
    ['localhost:9090', 'http://'],
    ['ftp://host/', 'http://'],
    ['file:///etc/passwd', 'http://'],
    ['http://', 'http://'],
    ['https://user:secret@host/', 'password'],
    ['http://host/?token=secret', 'query'],
    ['http://host/#x', 'fragment'],
  ])('%s is refused before anything is connected', (url, word) => {
    const connection = connectPrometheus({ url })
    expect(connection).toMatchObject({
      ok: false,
      problem: { reason: 'bad_setting', message: expect.stringContaining(word) },
    })
    expect(JSON.stringify(connection)).not.toContain('secret')
  })

  it('loses its trailing slash, and its path never reaches the origin that is shown', () => {
    expect(connected('http://prometheus.example:9090/select/0/').origin).toBe('http://prometheus.example:9090')
  })
})

describe('a server that cannot be reached', () => {
  it('is named, with what to do', async () => {
    const server = await answeringServer(says(200, vector([])))
    await server.close()
    const answer = await connected(server.url).instant('up', AT)
    expect(answer).toMatchObject({
      ok: false,
      problem: { reason: 'prometheus_unreachable', tooMuch: false, message: expect.stringContaining('refused') },
    })
  })

  it('may be too slow: then less may be asked of it, but the same is not asked again', async () => {
    const { server, problem } = await ask(() => undefined, { timeoutMs: 100 })
    expect(problem).toMatchObject({ reason: 'prometheus_unreachable', tooMuch: true })
    expect(server.asked).toHaveLength(1)
  })

  it('may hang in the middle of its answer', async () => {
    const { problem } = await ask((response) => void response.writeHead(200).write('{"status":'), { timeoutMs: 150 })
    expect(problem).toMatchObject({ reason: 'prometheus_unreachable', tooMuch: true })
  })

  it('may not speak HTTP', async () => {
    const server = createServer((socket) =>
      socket
        .on('error', () => undefined)
        .resume()
        .end('SSH-2.0-OpenSSH\r\n'),
    )
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    cleanUp.push(() => new Promise((closed) => server.close(closed)))
    const answer = await connected(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).instant('up', AT)
    expect(answer).toMatchObject({
      ok: false,
      problem: { reason: 'prometheus_unreachable', message: expect.stringContaining('HTTP') },
    })
  })

  it('is left alone once the connection is closed', async () => {
    const server = await serverThat(() => undefined)
    const prometheus = connected(server.url)
    const waiting = prometheus.instant('up', AT)
    await expect.poll(() => server.asked.length).toBe(1)
    await prometheus.close()
    expect(await waiting).toMatchObject({ ok: false, problem: { reason: 'prometheus_unreachable' } })
  })
})

describe('a server that refuses', () => {
  const error = (errorType: string, text: string): string => JSON.stringify({ status: 'error', errorType, error: text })
  it.each([
    [400, false],
    [401, false],
    [403, false],
    [404, false],
    [413, true],
    [414, true],
    [422, true],
    [431, true],
  ])('with %i is not asked again, and what it says is passed on', async (status, tooMuch) => {
    const { server, problem } = await ask(says(status, error('execution', 'too many samples')))
    expect(problem).toMatchObject({ reason: 'prometheus_refused', tooMuch })
    expect(problem?.message).toContain(`status ${status}: too many samples`)
    expect(server.asked).toHaveLength(1)
  })

  it('has its text cut and cleaned: it is untrusted', async () => {
    const { problem } = await ask(says(401, `\u001B[31mlogin\u001B[0m\u202E\u200B\n${'x'.repeat(10_000)}`))
    expect(problem?.message).toContain('status 401: login xxx')
    expect(problem?.message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
    expect(problem!.message.length).toBeLessThan(450)
  })

  it('by a redirect is not followed', async () => {
    const elsewhere = await serverThat(says(200, vector([])))
    const { problem } = await ask(says(307, '', { location: `${elsewhere.url}/api/v1/query` }))
    expect(problem).toMatchObject({ reason: 'prometheus_refused', next: expect.stringContaining('redirect') })
    expect(elsewhere.asked).toEqual([])
  })

  it.each([429, 500, 502, 503])('for a moment with %i is asked again, after the time it names', async (status) => {
    const { server, result } = await ask((response, attempt) =>
      attempt < 3
        ? says(status, 'later', { 'retry-after': '0' })(response, attempt)
        : says(200, vector([]))(response, attempt),
    )
    expect(result.ok).toBe(true)
    expect(server.asked).toHaveLength(3)
  })

  it('for good with 429 or 503 is asked three times', async () => {
    const busy = await ask(says(429, 'later'))
    expect([busy.server.asked.length, busy.problem?.reason]).toEqual([3, 'prometheus_refused'])
    const down = await ask(says(503, 'down'))
    expect([down.server.asked.length, down.problem?.reason, down.problem?.tooMuch]).toEqual([
      3,
      'prometheus_unreachable',
      true,
    ])
  })

  it('because a query takes too long is not asked the same again', async () => {
    const { server, problem } = await ask(says(503, error('timeout', 'query timed out in expression evaluation')))
    expect(problem).toMatchObject({ reason: 'prometheus_unreachable', tooMuch: true })
    expect(server.asked).toHaveLength(1)
  })
})

describe('an answer that cannot be trusted', () => {
  it.each([
    ['no JSON', '<html>Sign in</html>'],
    ['cut off inside', '{"status":"success","data":{"resultType":"vector","resu'],
    ['no success', '{"status":"error"}'],
    ['no data', '{"status":"success"}'],
    ['another type', '{"status":"success","data":{"resultType":"scalar","result":[1,"2"]}}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a row without labels', vector([{ value: [1, '2'] }])],
    ['a label that is no text', vector([{ metric: { pod: 1 }, value: [1, '2'] }])],
    ['a value that is no text', vector([{ metric: {}, value: [1, 2] }])],
    ['a value that is no number', vector([{ metric: {}, value: [1, 'many'] }])],
    ['an empty value', vector([{ metric: {}, value: [1, ''] }])],
    ['a row without a value', vector([{ metric: {} }])],
  ])('is malformed: %s', async (_what, body) => {
    const { problem, server } = await ask(says(200, body))
    expect(problem).toMatchObject({ reason: 'prometheus_malformed', tooMuch: false })
    expect(server.asked).toHaveLength(1)
  })

  it('is malformed where the connection ends early, three times', async () => {
    const { problem, server } = await ask((response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"status":')
      setTimeout(() => response.destroy(), 5)
    })
    expect(problem).toMatchObject({ reason: 'prometheus_malformed' })
    expect(server.asked).toHaveLength(3)
  })

  it('is malformed where it is not compressed as it says, or only in part', async () => {
    const zip = gzipSync(vector([]))
    for (const body of [Buffer.from('plain'), zip.subarray(0, zip.length - 6)]) {
      const { problem } = await ask((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(body))
      expect(problem).toMatchObject({ reason: 'prometheus_malformed' })
    }
  })

  it('is cut off at the cap, even where it is small before it is unpacked', async () => {
    const bomb = gzipSync(' '.repeat(1_000_000))
    const { problem, server } = await ask(
      (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
      {
        maxResponseBytes: 100_000,
      },
    )
    expect(problem).toMatchObject({ reason: 'prometheus_malformed', tooMuch: true })
    expect(server.asked).toHaveLength(1)
  })

  it('is refused where it may be partial', async () => {
    const { problem } = await ask(says(200, vector([], { warnings: ['store gateway\u001B[2J down'] })))
    expect(problem).toMatchObject({
      reason: 'prometheus_partial',
      message: expect.stringContaining('store gateway down'),
    })
  })

  it('may carry remarks that say nothing about the data', async () => {
    const more = { warnings: ['PromQL info: metric might not be a counter'], infos: ['PromQL info: x'] }
    expect((await ask(says(200, vector([], more)))).result.ok).toBe(true)
  })
})

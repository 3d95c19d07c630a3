import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import {
  connectPrometheus,
  type PrometheusConnection,
  type PrometheusSettings,
} from '../../../src/adapters/prometheus/connect-prometheus.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { makeCertificate } from '../kubernetes/support/make-certificate.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { type Answer, type AnsweringServer, answeringServer, says, vector } from './support/answering-server.ts'

const AT = unixSeconds(1_793_491_200)
const FINE = says(200, vector([]))
const cleanUp: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
})
async function serverThat(answer: Answer): Promise<AnsweringServer> {
  const server = await answeringServer(answer)
  cleanUp.push(server.close)
  return server
}
function connected(url: string, more: Omit<PrometheusSettings, 'url'> = {}): PrometheusConnection {
  const connection = valueOf(connectPrometheus({ url, firstRetryMs: 1, ...more }))
  cleanUp.push(() => connection.close())
  return connection
}
const queryOf = (path: string | undefined) => Object.fromEntries(new URL(path ?? '', 'http://x').searchParams)

describe('a question by GET', () => {
  it('has in its address what a form would have, and no body', async () => {
    const server = await serverThat(FINE)
    const prometheus = connected(`${server.url}/prometheus`, { method: 'GET', params: { dedup: 'true' } })
    await prometheus.instant('up{a="b c+d&e"}', AT)
    const [asked] = server.asked
    expect(asked).toMatchObject({ method: 'GET', path: expect.stringMatching(/^\/prometheus\/api\/v1\/query\?/) })
    const query = { query: 'up{a="b c+d&e"}', time: '1793491200', timeout: '120s', dedup: 'true' }
    expect(queryOf(asked?.path)).toEqual(query)
    expect([...(asked?.form ?? [])]).toEqual([])
    expect(asked?.headers['content-type']).toBeUndefined()
  })

  it('that would be too long for what may stand in between is not sent: less may be asked', async () => {
    const server = await serverThat(FINE)
    const prometheus = connected(server.url, { method: 'GET' })
    const problem = problemOf(await prometheus.instant(`up{pod=~"${'a'.repeat(6000)}"}`, AT))
    expect(problem).toMatchObject({ reason: 'prometheus_refused', tooMuch: true })
    expect(server.connections()).toBe(0)
    expect((await prometheus.instant(`up{pod=~"${'a'.repeat(5000)}"}`, AT)).ok).toBe(true)
    expect((await connected(server.url).instant(`up{pod=~"${'a'.repeat(60_000)}"}`, AT)).ok).toBe(true)
  })

  it.each([429, 503])('is asked again after %i, as a form would be', async (status) => {
    const server = await serverThat((response, attempt) =>
      (attempt < 3 ? says(status, 'later', { 'retry-after': '0' }) : FINE)(response, attempt),
    )
    expect((await connected(server.url, { method: 'GET' }).instant('up', AT)).ok).toBe(true)
    expect(server.asked).toHaveLength(3)
  })

  it('is what a server may want that refuses forms', async () => {
    const server = await serverThat(says(405, 'method not allowed'))
    expect(problemOf(await connected(server.url).instant('up', AT)).next).toContain('--prometheus-method GET')
  })
})

describe('the values of a label', () => {
  it('are asked with GET, whatever else is', async () => {
    const server = await serverThat(says(200, JSON.stringify({ status: 'success', data: ['eu-1', 'us-1'] })))
    expect(await connected(server.url).labelValues('cluster')).toEqual({ ok: true, value: ['eu-1', 'us-1'] })
    expect(server.asked[0]).toMatchObject({ method: 'GET', path: '/api/v1/label/cluster/values' })
  })

  it.each(['{"status":"success","data":[1]}', '{"status":"success","data":{}}', '[]'])(
    'are malformed where they are no list of text: %s',
    async (body) => {
      const server = await serverThat(says(200, body))
      expect(problemOf(await connected(server.url).labelValues('cluster')).reason).toBe('prometheus_malformed')
    },
  )
})

it('whoever asked may give up: nothing is asked again', async () => {
  const server = await serverThat(() => undefined)
  const giveUp = new AbortController()
  const waiting = connected(server.url).instant('up', AT, giveUp.signal)
  await expect.poll(() => server.asked.length).toBe(1)
  giveUp.abort()
  expect(problemOf(await waiting).reason).toBe('cancelled')
  expect(server.asked).toHaveLength(1)
})

describe('the certificate of a server', () => {
  const authority = makeCertificate({ commonName: 'ours', authority: true })
  const issued = makeCertificate({ commonName: 'localhost', issuer: authority, ips: ['127.0.0.1'] })
  async function secure(): Promise<{ url: string; asked: () => number }> {
    let asked = 0
    const server = createServer({ cert: issued.cert, key: issued.key }, (_, response) => {
      asked += 1
      response.end(vector([]))
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    cleanUp.push(async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    })
    return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked: () => asked }
  }

  it('must be vouched for by the authority that was named', async () => {
    const { url } = await secure()
    expect((await connected(url, { tls: { ca: authority.cert } }).instant('up', AT)).ok).toBe(true)
  })

  it('is else not trusted, whatever Node’s own switch says, and nothing is asked', async () => {
    const { url, asked } = await secure()
    const other = makeCertificate({ commonName: 'other', authority: true })
    process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = '0'
    cleanUp.push(() => Promise.resolve(delete process.env['NODE_TLS_REJECT_UNAUTHORIZED']))
    for (const tls of [{}, { ca: other.cert }]) {
      const problem = problemOf(await connected(url, { tls }).instant('up', AT))
      expect(problem).toMatchObject({
        reason: 'prometheus_unreachable',
        next: expect.stringContaining('--prometheus-ca-file'),
      })
      expect(problem.message).toContain('cannot be trusted')
    }
    expect(asked()).toBe(0)
  })

  it('is not looked at only where that was said', async () => {
    const { url } = await secure()
    expect((await connected(url, { tls: { insecureSkipVerify: true } }).instant('up', AT)).ok).toBe(true)
  })
})

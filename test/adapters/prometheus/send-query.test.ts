import { Agent } from 'undici'
import { expect, it } from 'vitest'
import { noCredential } from '../../../src/adapters/prometheus/auth/no-credential.ts'
import { retryDelay } from '../../../src/adapters/prometheus/retry-delay.ts'
import { sendQuery } from '../../../src/adapters/prometheus/send-query.ts'
import { answeringServer, says } from './support/answering-server.ts'

it.each(
  ['GET', 'POST'].flatMap((method) =>
    [
      '/api/v1/admin/tsdb/delete_series',
      '/-/quit',
      '/api/v1/query/../admin/tsdb/snapshot',
      '/api/v1/series',
      '/api/v1/label/../values',
      '/api/v1/label/a/b/values',
      '/api/v1/label/a/values?x=/api/v1/query',
      'http://elsewhere/api/v1/query',
    ].map((path) => [method as 'GET' | 'POST', path] as const),
  ),
)('nothing is ever sent with %s to %s', async (method, path) => {
  const server = await answeringServer(says(200, '{}'))
  const dispatcher = new Agent()
  const to = {
    dispatcher,
    origin: server.url,
    base: server.url,
    method,
    headers: {},
    credential: noCredential,
    timeoutMs: 1000,
    capBytes: 1000,
    signal: new AbortController().signal,
  }
  await expect(sendQuery(to, { path, params: {} })).rejects.toThrow('not a query path')
  expect(server.connections()).toBe(0)
  await dispatcher.close()
  await server.close()
})

it('a wait is doubled each time, or as long as the server asks for, within half a minute', () => {
  expect([1, 2, 3].map((attempt) => retryDelay(attempt, 500, undefined))).toEqual([500, 1000, 2000])
  expect(retryDelay(1, 500, '7')).toBe(7000)
  expect(retryDelay(1, 500, '86400')).toBe(30_000)
  expect(retryDelay(1, 500, new Date(Date.now() - 5000).toUTCString())).toBe(0)
  expect(retryDelay(2, 500, 'soon')).toBe(1000)
})

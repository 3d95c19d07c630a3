import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCredential } from '../../../src/adapters/prometheus/auth/open-credential.ts'
import { parseHeaders } from '../../../src/adapters/prometheus/auth/parse-headers.ts'
import type { PrometheusAuth } from '../../../src/adapters/prometheus/auth/prometheus-auth.ts'
import {
  connectPrometheus,
  type PrometheusConnection,
  type PrometheusSettings,
} from '../../../src/adapters/prometheus/connect-prometheus.ts'
import { unixSeconds } from '../../../src/model/time.ts'
import { type TemporaryDirectory, temporaryDirectory } from '../../harness/temporary-directory.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { type Answer, type AnsweringServer, answeringServer, says, vector } from './support/answering-server.ts'

const AT = unixSeconds(1_793_491_200)
const FINE = says(200, vector([]))
const cleanUp: (() => Promise<unknown>)[] = []
let directory: TemporaryDirectory
beforeEach(async () => {
  directory = await temporaryDirectory('login')
})
afterEach(async () => {
  for (const end of cleanUp.splice(0).reverse()) await end()
  await directory.remove()
})

async function serverThat(answer: Answer): Promise<AnsweringServer> {
  const server = await answeringServer(answer)
  cleanUp.push(server.close)
  return server
}
function connected(
  url: string,
  auth: PrometheusAuth,
  more: Omit<PrometheusSettings, 'url'> = {},
): PrometheusConnection {
  const credential = valueOf(openCredential(auth, { environment: {} }))
  const connection = valueOf(connectPrometheus({ url, credential, firstRetryMs: 1, ...more }))
  cleanUp.push(() => connection.close())
  return connection
}
const file = async (content: string): Promise<string> => {
  const path = join(directory.path, 'secret')
  await writeFile(path, content, { mode: 0o600 })
  return path
}
const sent = (server: AnsweringServer): (string | undefined)[] =>
  server.asked.map(({ headers }) => headers.authorization)

describe('a login', () => {
  it('is the header as it was given', async () => {
    const server = await serverThat(FINE)
    await connected(server.url, { kind: 'header', value: 'Basic abc==' }).instant('up', AT)
    expect(sent(server)).toEqual(['Basic abc=='])
  })

  it.each([
    ['a bearer token', 'tok.en-1\n', 'Bearer tok.en-1'],
    ['a whole value', 'Basic YTpi\n', 'Basic YTpi'],
  ])('is %s from a file', async (_, content, authorization) => {
    const server = await serverThat(FINE)
    await connected(server.url, { kind: 'file', path: await file(content) }).instant('up', AT)
    expect(sent(server)).toEqual([authorization])
  })

  it('is a user with the password of a file, spaces and colons and all', async () => {
    const server = await serverThat(FINE)
    const passwordFile = await file(' pass: wörd \n')
    await connected(server.url, { kind: 'basic', user: 'ada', passwordFile }).instant('up', AT)
    const [, encoded = ''] = sent(server)[0]?.split(' ') ?? []
    expect(Buffer.from(encoded, 'base64').toString()).toBe('ada: pass: wörd ')
  })

  it('is read again when the file has changed, and for a 401 in between', async () => {
    const path = await file('old')
    const server = await serverThat((response, attempt) => {
      const known = server.asked.at(-1)?.headers.authorization === 'Bearer new'
      if (attempt === 1 || known) FINE(response, attempt)
      else void file('new').then(() => says(401, 'expired')(response, attempt))
    })
    const prometheus = connected(server.url, { kind: 'file', path })
    expect((await prometheus.instant('up', AT)).ok).toBe(true)
    expect((await prometheus.instant('up', AT)).ok).toBe(true)
    expect(sent(server)).toEqual(['Bearer old', 'Bearer old', 'Bearer new'])
  })

  it('that is refused is not tried again as it was, and is not in the message', async () => {
    const server = await serverThat(says(401, 'no'))
    const answer = await connected(server.url, { kind: 'file', path: await file('s3cret') }).instant('up', AT)
    expect(problemOf(answer)).toMatchObject({ reason: 'prometheus_refused', next: expect.stringContaining('login') })
    expect(JSON.stringify(answer)).not.toContain('s3cret')
    expect(server.asked).toHaveLength(1)
  })

  it.each<[string, () => Promise<PrometheusAuth>]>([
    ['is missing', () => Promise.resolve({ kind: 'file', path: join(directory.path, 'none') })],
    ['is empty', async () => ({ kind: 'file', path: await file(' \n') })],
    ['would bring headers of its own', async () => ({ kind: 'file', path: await file('a\r\nx-more: b') })],
    ['is a folder', () => Promise.resolve({ kind: 'file', path: directory.path })],
    ['has no password', () => Promise.resolve({ kind: 'basic', user: 'a', passwordFile: '/nonexistent' })],
  ])('that %s means that nothing is sent at all', async (_, auth) => {
    const server = await serverThat(FINE)
    const answer = await connected(server.url, await auth()).instant('up', AT)
    expect(problemOf(answer).reason).toBe('credential_failed')
    expect(server.connections()).toBe(0)
  })

  it.each<PrometheusAuth>([
    { kind: 'header', value: 'Bearer a\r\nx: y' },
    { kind: 'header', value: ' ' },
    { kind: 'basic', user: 'a:b', passwordFile: '/x' },
  ])('%j is refused before anything is connected', (auth) => {
    expect(openCredential(auth, { environment: {} }).ok).toBe(false)
  })

  it('is never sent after a redirect, and neither is the question', async () => {
    const elsewhere = await serverThat(FINE)
    for (const status of [301, 302, 303, 307, 308]) {
      const server = await serverThat(says(status, '', { location: `${elsewhere.url}/api/v1/query` }))
      for (const method of ['GET', 'POST'] as const) {
        const auth = { kind: 'header', value: 'Bearer s3cret' } as const
        const answer = await connected(server.url, auth, { method }).instant('up', AT)
        expect(problemOf(answer).next).toContain('redirects are not followed')
      }
      expect(server.asked).toHaveLength(2)
    }
    expect(elsewhere.connections()).toBe(0)
  })

  it('goes with more headers, and cannot be replaced by them', async () => {
    const server = await serverThat(FINE)
    const headers = valueOf(parseHeaders(['X-Scope-OrgID: team-a', 'x-time: 12:30:00', 'Authorization: Bearer other']))
    await connected(server.url, { kind: 'header', value: 'Bearer mine' }, { headers }).instant('up', AT)
    expect(server.asked[0]?.headers).toMatchObject({
      'x-scope-orgid': 'team-a',
      'x-time': '12:30:00',
      authorization: 'Bearer mine',
      'content-type': 'application/x-www-form-urlencoded',
    })
  })
})

describe('a header', () => {
  it.each([
    'Host: elsewhere',
    'host:elsewhere',
    'Connection: close',
    'Keep-Alive: 1',
    'Proxy-Authorization: x',
    'Transfer-Encoding: chunked',
    'TE: trailers',
    'Trailer: x',
    'Upgrade: h2c',
    'Content-Length: 5',
    'Content-Type: text/plain',
    'Accept-Encoding: br',
    'Expect: 100-continue',
  ])('%s is the program’s own to set', (line) => {
    expect(problemOf(parseHeaders([line])).reason).toBe('bad_setting')
  })

  it.each([
    'no colon s3cret',
    's3cret and: a colon',
    ': s3cret',
    'a b: s3cret',
    'x: s3cret\r\ny: z',
    'x: s3cret\u0000',
    'x:',
    'x: s3crét',
  ])('%j is refused without being repeated', (line) => {
    const problem = problemOf(parseHeaders([line]))
    expect(problem.reason).toBe('bad_setting')
    expect(JSON.stringify(problem)).not.toMatch(/s3cr/)
  })

  it('may stand there once', () => {
    expect(problemOf(parseHeaders(['x-a: 1', 'X-A: 2'])).message).toContain('given twice')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ConnectedReader, connectReader } from '../../../../src/adapters/kubernetes/read/connect-reader.ts'
import { connectionTo, QUICK } from '../support/connection-to.ts'
import { expectOk, expectProblem } from '../support/expect-ok.ts'
import { type FakeApi, json, startFakeApi, status } from '../support/fake-api.ts'

const page = (names: readonly string[], next?: string) =>
  json(200, {
    items: names.map((name) => ({ metadata: { name } })),
    metadata: next === undefined ? {} : { continue: next },
  })
const gone = status(410, 'The provided continue parameter is too old', {
  reason: 'Expired',
  metadata: { continue: 'fresh' },
})

describe('reading a list', () => {
  let api: FakeApi
  let reader: ConnectedReader
  beforeEach(async () => {
    api = await startFakeApi()
    reader = connectReader(connectionTo(api.origin), QUICK)
  })
  afterEach(async () => {
    await reader.close()
    await api.close()
  })
  const list = () => reader.list({ api: '/api/v1', plural: 'pods', labelSelector: 'app in (web, db)' })
  const names = async () => expectOk(await list()).map(({ metadata }) => (metadata as { name: string }).name)

  it('follows the pages to the end', async () => {
    api.reply(page(['a', 'b'], 'next/1+'), page(['c'], 'next2'), page([]))
    expect(await names()).toEqual(['a', 'b', 'c'])
    const queries = api.seen.map(({ path }) => Object.fromEntries(new URL(path, 'http://x').searchParams))
    expect(queries).toEqual([
      { limit: '500', labelSelector: 'app in (web, db)' },
      { limit: '500', labelSelector: 'app in (web, db)', continue: 'next/1+' },
      { limit: '500', labelSelector: 'app in (web, db)', continue: 'next2' },
    ])
  })

  it('begins once more when the list expired on the way, without doubles', async () => {
    api.reply(page(['a', 'b'], 'old'), gone, page(['a', 'b'], 'new'), page(['c']))
    expect(await names()).toEqual(['a', 'b', 'c'])
  })

  it('goes on with the server’s fresh token when it expires again, without doubles', async () => {
    api.reply(page(['a', 'b'], 'old'), gone, page(['a', 'b'], 'new'), gone, page(['c'], 'last'), page(['d']))
    expect(await names()).toEqual(['a', 'b', 'c', 'd'])
    const tokens = api.seen.map(({ path }) => new URL(path, 'http://x').searchParams.get('continue'))
    expect(tokens).toEqual([null, 'old', null, 'new', 'fresh', 'last'])
  })

  it('gives up when it expires again and there is no fresh token', async () => {
    const forGood = status(410, 'too old')
    api.reply(page(['a'], 'old'), forGood, page(['a'], 'new'), forGood)
    expect(expectProblem(await list())).toMatchObject({
      reason: 'api_error',
      message: expect.stringContaining('expired again'),
    })
    expect(api.seen).toHaveLength(4)
  })

  it('gives up on a server whose tokens always expire', async () => {
    api.reply(page(['a'], 'old'), gone, page(['a'], 'new'), gone)
    expect(expectProblem(await list()).message).toContain('expired again')
    expect(api.seen.length).toBeLessThan(10)
  })

  it('never takes something else for an empty list', async () => {
    api.reply(json(200, { kind: 'Status', status: 'Success' }))
    expect(expectProblem(await list()).reason).toBe('api_malformed')
  })

  it('returns nothing of a list that broke off', async () => {
    api.reply(page(['a'], 'next'), status(500, 'oops'))
    expect(expectProblem(await list()).reason).toBe('api_error')
  })
})

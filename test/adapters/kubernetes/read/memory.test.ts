import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { expectOk } from '../support/expect-ok.ts'
import type { Reply } from '../support/fake-api.ts'
import { retainedBytes } from '../support/retained-bytes.ts'
import { meta, podOf, startWorkloadApi, type WorkloadApi } from '../support/workload-api.ts'

const MIB = 2 ** 20
const PAGES = 10
const PER_PAGE = 500
/** 10 MiB a page: 100 MiB pass through. */
const junk = { annotations: { junk: 'x'.repeat(20 * 1024) } }

/** Pages of fat objects, each with a name of its own. */
function fatPages(object: (name: string) => object): Reply {
  return (response, request) => {
    const query = new URL(request.path, 'http://x').searchParams
    expect(query.get('limit')).toBe(String(PER_PAGE))
    const page = Number(query.get('continue') ?? 0)
    const items = Array.from({ length: PER_PAGE }, (_, at) => object(`o-${page * PER_PAGE + at}`))
    const more = page + 1 < PAGES ? { continue: String(page + 1) } : {}
    response.end(JSON.stringify({ items, metadata: more }))
  }
}

describe('memory, while thousands of fat objects are read', () => {
  let world: WorkloadApi
  beforeEach(async () => {
    world = await startWorkloadApi({})
  })
  afterEach(async () => await world.close())

  const kept = async <Value>(read: () => Promise<Value>): Promise<readonly [Value, number]> => {
    const before = retainedBytes()
    const value = await read()
    return [value, retainedBytes() - before]
  }

  it('grows with the pods, not with what is in them', { timeout: 60_000 }, async () => {
    world.answers['/api/v1/pods'] = fatPages((name) => ({
      metadata: meta(name, 'shop', junk),
      spec: podOf('app').spec,
      status: { phase: 'Running', junk },
    }))
    const [pods, bytes] = await kept(async () => expectOk(await world.reader.pods({ namespaces: [] })))
    expect(pods).toHaveLength(PAGES * PER_PAGE)
    expect(bytes).toBeLessThan(10 * MIB)
  })

  it('grows with the workloads', { timeout: 60_000 }, async () => {
    world.answers['/apis/apps/v1/deployments'] = fatPages((name) => ({
      metadata: meta(name, 'shop', junk),
      spec: { template: podOf('app') },
    }))
    const [{ containers }, bytes] = await kept(() => world.read({ kinds: ['Deployment'] }))
    expect(containers).toHaveLength(PAGES * PER_PAGE)
    expect(bytes).toBeLessThan(15 * MIB)
  })

  it('hardly grows with jobs that are grouped', { timeout: 60_000 }, async () => {
    world.answers['/apis/batch/v1/jobs'] = fatPages((name) => ({
      metadata: meta(name, 'shop', { ...junk, labels: { team: 'blue' } }),
      spec: { template: podOf('app') },
    }))
    const jobGrouping = { labels: ['team'], limit: 500 }
    const [{ containers }, bytes] = await kept(() => world.read({ kinds: ['GroupedJob'], jobGrouping }))
    expect(containers.map(({ jobs }) => jobs?.length)).toEqual([500])
    expect(bytes).toBeLessThan(3 * MIB)
  })
})

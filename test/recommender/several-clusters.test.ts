import { describe, expect, it } from 'vitest'
import { problem } from '../../src/model/problem.ts'
import { failed, ok } from '../../src/model/result.ts'
import type { Result } from '../../src/model/result.ts'
import { wallMillis } from '../../src/model/time.ts'
import type { ObservedPod } from '../../src/model/observation.ts'
import type { ClusterLabel } from '../../src/model/recommendation.ts'
import type { Sample, UsageProblem } from '../../src/ports/usage-reader.ts'
import { estimateScan } from '../../src/recommender/estimate-scan.ts'
import { scan } from '../../src/recommender/scan.ts'
import type { ScanRequest } from '../../src/recommender/scan-request.ts'
import { container, pod } from './support/observed.ts'
import { AT, clusterOf, request, sample, usageOf } from './support/stub-ports.ts'

const DB = container({ kind: 'StatefulSet', namespace: 'data', name: 'db', container: 'main' })
const LABELS = { namespace: 'data', container: 'main', pod: 'db-0', job: 'kubelet' }
/** A pod as the metrics have it now, with labels of its scrape. */
interface Known {
  readonly name: string
  readonly uid: string
  readonly scrape?: Sample['labels']
}
const named = (count: number, prefix: string, from = 0): readonly string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}-${index + from}`)
const known = (
  names: readonly string[],
  uid: (name: string) => string,
  scrape: Sample['labels'] = {},
): readonly Known[] => names.map((name) => ({ name, uid: uid(name), scrape }))
const uidHere = (name: string) => `uid-${name}`
const here = (names: readonly string[], scrape?: Sample['labels']) => known(names, uidHere, scrape)
const there = (names: readonly string[], scrape?: Sample['labels']) => known(names, (name) => `other-${name}`, scrape)
const inCluster = (names: readonly string[]): readonly ObservedPod[] =>
  names.map((name) => pod(name, { namespace: 'data', uid: uidHere(name) }))

interface World {
  readonly metrics: readonly Known[]
  readonly cluster: Result<readonly ObservedPod[]>
  readonly label?: ClusterLabel
  readonly asked?: Partial<ScanRequest>
  /** Of the questions about one pod's labels. */
  readonly refusal?: UsageProblem
}
function worldOf({ metrics, cluster, label, refusal }: World) {
  const stub = usageOf({
    'count_over_time(vector': [sample(2, { part: 'probe' })],
    ...Object.fromEntries(
      metrics.map(({ name, uid, scrape }) => [
        `kube_pod_info{namespace="data", pod="${name}", uid="${uid}"`,
        refusal ??
          metrics
            .filter((each) => each.uid === uid)
            .map((each) =>
              sample(1, {
                __name__: 'kube_pod_info',
                job: 'ksm',
                node: uid,
                created_by_name: 'db',
                pod_ip: uid,
                instance: uid,
                namespace: 'data',
                pod: name,
                uid,
                ...(each === undefined ? scrape : each.scrape),
              }),
            ),
      ]),
    ),
    kube_pod_info: metrics.map(({ name, uid }) => sample(1, { part: 'uid', namespace: 'data', pod: name, uid })),
    kube_pod_owner: [sample(1, { namespace: 'data', owner_kind: 'StatefulSet', owner_name: 'db', pod: 'db-0' })],
    quantile_over_time: [sample(1, LABELS)],
    max_over_time: [sample(1, LABELS)],
    count_over_time: ['cpu', 'memory'].map((part) => sample(400, { ...LABELS, part })),
  })
  const usage = { ...stub, ...(label === undefined ? {} : { clusterLabel: label }) }
  return { usage, cluster: clusterOf([DB], { pods: () => Promise.resolve(cluster) }), asked: stub.asked }
}
async function scanned(world: World) {
  const { usage, cluster, asked } = worldOf(world)
  const result = await scan(request(world.asked), { usage, cluster })
  const labelQuestions = asked.filter((promql) => promql.startsWith('kube_pod_info{'))
  return { result, problem: result.ok ? undefined : result.problem, labelQuestions }
}
const EU = { cluster: 'eu-1' }
const US = { cluster: 'us-2' }
const names = named(20, 'db')
const REFUSED = { reason: 'several_clusters' }
/** Nobody's pod is another cluster's. */
const expectScanned = async (world: World): Promise<void> => {
  expect((await scanned(world)).problem).toBeUndefined()
}

describe('metrics of several clusters', () => {
  it('are refused where the same pods are there with two UIDs, with the setting that chooses this one', async () => {
    const world = { metrics: [...there(names, US), ...here(names, EU)], cluster: ok(inCluster(names)) }
    expect((await scanned(world)).problem).toEqual({
      reason: 'several_clusters',
      message:
        'Prometheus at http://prometheus has the pods of more than one cluster; 20 pods are there twice, with different UIDs.',
      next: 'if this is the right one: --prometheus-label cluster --prometheus-cluster-label eu-1',
      tooMuch: false,
    })
  })

  it('are refused where a cluster of other names is beside this one', async () => {
    const world = { metrics: [...here(names, EU), ...there(named(5, 'api'), US)], cluster: ok(inCluster(names)) }
    expect((await scanned(world)).problem).toMatchObject({
      ...REFUSED,
      message: expect.stringContaining('5 of 25 pods in these namespaces are not of this one'),
      next: expect.stringContaining('--prometheus-cluster-label eu-1'),
    })
  })

  it('are refused before anything heavy is asked, and by an estimate too', async () => {
    const world = { metrics: [...here(names, EU), ...there(names, US)], cluster: ok(inCluster(names)) }
    const { usage, cluster, asked } = worldOf(world)
    expect(await estimateScan(request(), { usage, cluster })).toMatchObject({ ok: false, problem: REFUSED })
    expect(await scan(request(), { usage, cluster })).toMatchObject({ ok: false, problem: REFUSED })
    expect(asked.filter((promql) => /\bcontainer_/.test(promql))).toEqual([])
  })

  it('are refused where one pod is there under two labels, though one pod alone may just have been replaced', async () => {
    const world = { metrics: [...here(['db-0'], EU), ...there(['db-0'], US)], cluster: ok(inCluster(['db-0'])) }
    expect((await scanned(world)).problem).toMatchObject({
      ...REFUSED,
      message: expect.stringContaining('1 pod is there twice'),
    })
    const foreign = { ...world, metrics: [...here(names, EU), ...there(['api-0'], US)], cluster: ok(inCluster(names)) }
    expect((await scanned(foreign)).problem).toMatchObject(REFUSED)
  })

  it('are refused where no label tells them apart, and then no label is named', async () => {
    const world = { metrics: [...here(names), ...there(names)], cluster: ok(inCluster(names)) }
    const { problem: found } = await scanned(world)
    expect(found).toMatchObject({ ...REFUSED, next: expect.stringContaining('no label of kube_pod_info') })
    expect(found?.next).not.toContain('--prometheus-label')
  })

  it('are refused where the cluster’s pods cannot be read, too', async () => {
    const unread = failed(problem('api_forbidden', 'may not list', ''))
    const metrics = [...here(names, EU), ...there(names, US)]
    expect((await scanned({ metrics, cluster: unread })).problem).toMatchObject(REFUSED)
  })

  it('are refused for many foreign pods, though one pod twice would be no sign of its own', async () => {
    const metrics = [...here(names), ...there(['db-0']), ...there(named(9, 'api'))]
    const world = { metrics, cluster: ok(inCluster(names)) }
    const found = (await scanned(world)).problem
    expect(found).toMatchObject({ ...REFUSED, message: expect.stringContaining('10 of 30 pods') })
    const { usage, cluster } = worldOf(world)
    expect(await estimateScan(request(), { usage, cluster })).toMatchObject({ ok: false, problem: REFUSED })
  })

  it('do not name the label of a scraper’s replica: it tells nothing', async () => {
    const replicated = (all: readonly Known[], more: Sample['labels']): readonly Known[] =>
      all.flatMap((each) => ['0', '1'].map((replica) => ({ ...each, scrape: { ...more, replica } })))
    const metrics = [...replicated(here(names), EU), ...replicated(there(names), US).toReversed()]
    const { problem: found } = await scanned({ metrics, cluster: ok(inCluster(names)) })
    expect(found?.next).toBe('if this is the right one: --prometheus-label cluster --prometheus-cluster-label eu-1')
  })

  it('have settings that can be pasted, whatever a label holds', async () => {
    const metrics = [...here(names, { cluster: "it's; rm -rf $HOME" }), ...there(names, US)]
    const { problem: found } = await scanned({ metrics, cluster: ok(inCluster(names)) })
    expect(found?.next).toContain(String.raw`--prometheus-cluster-label 'it'\''s; rm -rf $HOME'`)
  })

  it('are not looked for where one was chosen', async () => {
    const world = { metrics: [...here(names, EU), ...there(names, US)], cluster: ok(inCluster(names)) }
    const { problem: found, labelQuestions } = await scanned({ ...world, label: { name: 'cluster', value: 'eu-1' } })
    expect([found, labelQuestions]).toEqual([undefined, []])
  })

  it('are not presumed innocent where the labels could not be read', async () => {
    const refusal: UsageProblem = { reason: 'prometheus_refused', message: 'no', next: '', tooMuch: false }
    const world = {
      metrics: [...here(['db-0'], EU), ...there(['db-0'], US)],
      cluster: ok(inCluster(['db-0'])),
      refusal,
    }
    expect((await scanned(world)).problem).toEqual(refusal)
  })
})

describe('pods that come and go', () => {
  it('are no other cluster’s: a handful just deleted', async () => {
    await expectScanned({ metrics: [...here(names), ...there(named(4, 'gone'))], cluster: ok(inCluster(names)) })
    const many = named(46, 'db')
    await expectScanned({ metrics: [...here(many), ...there(named(5, 'gone'))], cluster: ok(inCluster(many)) })
    const world = { metrics: [...here(many.slice(1)), ...there(named(5, 'gone'))], cluster: ok(inCluster(many)) }
    expect((await scanned(world)).problem).toMatchObject(REFUSED)
  })

  it('are no other cluster’s: one pod of a StatefulSet replaced', async () => {
    await expectScanned({
      metrics: [...here(['db-0', 'db-1']), ...there(['db-0'])],
      cluster: ok(inCluster(['db-0', 'db-1'])),
    })
    const replaced = {
      metrics: [...here(['db-0', 'db-1']), ...there(['db-0', 'db-1'])],
      cluster: ok(inCluster(['db-0', 'db-1'])),
    }
    expect((await scanned(replaced)).problem).toMatchObject(REFUSED)
  })

  it('are no other cluster’s: some just made, unknown to the metrics', async () => {
    await expectScanned({ metrics: here(names), cluster: ok(inCluster([...names, ...named(20, 'new')])) })
  })

  it('are no other cluster’s: as of an older time, all that were replaced since', async () => {
    const metrics = [...here(named(3, 'db')), ...there(named(17, 'gone'))]
    const world = { metrics, cluster: ok(inCluster(named(3, 'db'))) }
    const later = (seconds: number) => ({ ...world, asked: { takenAt: wallMillis((AT + seconds) * 1000) } })
    expect((await scanned(later(600))).problem).toMatchObject(REFUSED)
    await expectScanned(later(601))
  })

  it('are not asked about where all is as it should be', async () => {
    const { labelQuestions } = await scanned({ metrics: here(names), cluster: ok(inCluster(names)) })
    expect(labelQuestions).toEqual([])
  })
})

it('metrics with none of our pods are another matter: the scan is unbound, and says so', async () => {
  const { result } = await scanned({ metrics: there(names, US), cluster: ok(inCluster(names)) })
  expect(result).toMatchObject({ ok: true, value: { binding: { kind: 'unbound', matched: 0, running: 20 } } })
})

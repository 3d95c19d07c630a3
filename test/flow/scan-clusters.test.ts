import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { json } from '../adapters/kubernetes/support/fake-api.ts'
import { freePorts } from '../harness/free-ports.ts'
import { temporaryDirectory } from '../harness/temporary-directory.ts'
import { metricsInCluster, SERVICE } from './support/metrics-in-cluster.ts'
import { scanInProcess, type InProcess } from './support/scan-in-process.ts'
import { standInCluster, type StandInCluster } from './support/stand-in-cluster.ts'
import { about, WEB } from './support/stand-in-metrics.ts'

interface Config {
  readonly clusters: readonly { readonly cluster: object }[]
  readonly users: readonly object[]
}
const PATIENCE = { timeout: 30_000 }

let folder: string
let one: StandInCluster
let two: StandInCluster
let kubeconfig: string
beforeEach(async () => {
  const home = await temporaryDirectory('scan-clusters')
  folder = home.path
  const [first, second] = ['one', 'two'].map((name) => join(folder, name)) as [string, string]
  for (const each of [first, second]) mkdirSync(each)
  one = await standInCluster(first)
  two = await standInCluster(second, ['api'])
  two.answers.set('/api/v1/namespaces/kube-system', json(200, { metadata: { uid: 'uid-of-two' } }))
  metricsInCluster(one, about([WEB]))
  metricsInCluster(two, about([{ name: 'api', cpu: '0.5', memoryMib: 300 }]))
  const [port] = await freePorts(1)
  kubeconfig = writeKubeconfig({ one: one.kubeconfig, gone: `https://127.0.0.1:${port}`, two: two.kubeconfig })
  onTestFinished(async () => {
    await Promise.all([one.close(), two.close()])
    await home.remove()
  })
})

/** One file with a context for each: what its own file says, or an address. */
function writeKubeconfig(of: Readonly<Record<string, string>>): string {
  const parts = Object.entries(of).map(([name, from]) => {
    const config: Config = from.startsWith('https:')
      ? { clusters: [{ cluster: { server: from } }], users: [{ user: { token: 'x' } }] }
      : (JSON.parse(readFileSync(from, 'utf8')) as Config)
    return {
      contexts: { name, context: { cluster: name, user: name } },
      clusters: { ...config.clusters[0], name },
      users: { ...config.users[0], name },
    }
  })
  const all = (key: keyof (typeof parts)[number]) => parts.map((part) => part[key])
  const text = {
    apiVersion: 'v1',
    kind: 'Config',
    contexts: all('contexts'),
    clusters: all('clusters'),
    users: all('users'),
  }
  const file = join(folder, `kubeconfig-${Object.keys(of).join('-')}`)
  writeFileSync(file, JSON.stringify({ ...text, 'current-context': Object.keys(of)[0] }), { mode: 0o600 })
  return file
}
const run = (words: readonly string[], more: { kubeconfig?: string } = {}): Promise<InProcess> =>
  scanInProcess([...words, '--prometheus-service', SERVICE], { folder, kubeconfig, ...more })

/** JSON documents, one after the other. */
const documents = (out: string): readonly { scans: { object: { name: string; cluster: string } }[] }[] =>
  out
    .split(/^(?=\{)/m)
    .filter((text) => text.trim() !== '')
    .map((text) => JSON.parse(text))
const idsIn = (err: string): readonly string[] => [...err.matchAll(/^scan (s-\w{4})/gm)].map(([, id = '']) => id)

it(
  '--all-clusters scans each context for itself; one that is gone keeps no other from it, and is told',
  PATIENCE,
  async () => {
    const { code, out, err, scans } = await run(['scan', '--all-clusters', '-f', 'json'])
    expect({ code, scans }, err).toEqual({ code: 1, scans: 2 })
    expect(err.match(/^cluster (\w+)$/gm)).toEqual(['cluster one', 'cluster gone', 'cluster two'])
    expect(err.match(/^error: .*/gm)).toEqual([expect.stringMatching(/gone|cannot be reached|refused/)])
    const found = documents(out).flatMap((each) => each.scans.map(({ object }) => `${object.cluster}: ${object.name}`))
    expect(found).toEqual(['one: web', 'two: api'])
    expect(new Set(idsIn(err)).size).toBe(2)
  },
)

it('--all-clusters where all is well is 0, with --fail-on 3, and the worst of both is an error', PATIENCE, async () => {
  const well = { kubeconfig: writeKubeconfig({ one: one.kubeconfig, two: two.kubeconfig }) }
  expect((await run(['scan', '--all-clusters', '-q', '-f', 'csv'], well)).code).toBe(0)
  expect((await run(['scan', '--all-clusters', '-q', '--fail-on', 'OK'], well)).code).toBe(3)
  expect((await run(['scan', '--all-clusters', '-q', '--fail-on', 'OK'])).code).toBe(1)
})

it('-c a -c b scans these two and no other, and what to do next names the context', PATIENCE, async () => {
  const { code, out, err, scans } = await run(['scan', '-c', 'two', '-c', 'one', '-f', 'json'])
  expect({ code, scans }, err).toEqual({ code: 0, scans: 2 })
  expect(documents(out).map((each) => each.scans[0]?.object.name)).toEqual(['api', 'web'])
  const next = err.match(/^next: .*/gm)
  expect(next).toEqual([expect.stringContaining('--context two'), expect.stringContaining('--context one')])
})

it('-c a alone is one scan as without it', PATIENCE, async () => {
  const { code, err, out } = await run(['scan', '-c', 'two', '-f', 'json'])
  expect([code, documents(out).length]).toEqual([0, 1])
  expect(err).not.toMatch(/^cluster /m)
})

it('each cluster has a file of its own where the name says so', PATIENCE, async () => {
  const file = join(folder, 'report-{context}.csv')
  expect((await run(['scan', '-c', 'one', '-c', 'two', '-f', 'csv', '--fileoutput', file, '-q'])).err).toBe('')
  const reports = readdirSync(folder).filter((name) => name.startsWith('report-'))
  expect(reports.toSorted()).toEqual(['report-one.csv', 'report-two.csv'])
  expect(readFileSync(join(folder, 'report-two.csv'), 'utf8')).toContain('shop,api,')
})

it.each(['--fileoutput', '--record'])(
  '%s of one name for several clusters is a usage error: the second would be written over the first',
  PATIENCE,
  async (flag) => {
    const { code, out, err } = await run(['scan', '-c', 'one', '-c', 'two', flag, join(folder, 'one-file')])
    expect([code, out, err]).toEqual([2, '', expect.stringMatching(/^error: One file .*\nnext: .*\{context\}/)])
    expect([one.api.seen, two.api.seen]).toEqual([[], []])
  },
)

it('each cluster has a recording of its own where the name says so', PATIENCE, async () => {
  const file = join(folder, '{context}.recording')
  const { code, err } = await run(['scan', '-c', 'one', '-c', 'two', '--record', file])
  expect(code, err).toBe(0)
  const replayed = await run(['scan', '-f', 'json', '--replay', join(folder, 'two.recording')])
  expect(replayed.code, replayed.err).toBe(0)
  expect(documents(replayed.out).map((each) => each.scans[0]?.object.name)).toEqual(['api'])
})

it('--diff compares each with its own cluster’s last scan', PATIENCE, async () => {
  const both = ['scan', '-c', 'one', '-c', 'two']
  const first = idsIn((await run(both)).err)
  const { code, err } = await run([...both, '--diff'])
  expect(code, err).toBe(0)
  const compared = [...err.matchAll(/^compared with scan (s-\w{4})/gm)].map(([, id]) => id)
  expect(compared).toEqual(first)
})

it('a diff between two clusters is refused', PATIENCE, async () => {
  const [ofOne = ''] = idsIn((await run(['scan', '-c', 'one'])).err)
  const { code, out, err } = await run(['scan', '-c', 'two', '--diff', ofOne])
  expect([code, out]).toEqual([3, ''])
  expect(err).toMatch(/^error: .*\nnext: /m)
})

it.each([
  ['one Prometheus for several clusters', ['--prometheus-url', 'http://127.0.0.1:1'], /cannot be that of several/],
  ['one label for several clusters', ['--prometheus-label', 'cluster', '-l', 'eu-1'], /cannot be that of several/],
  ['the scan of one cluster to compare with', ['--diff', 's-7k3m'], /One scan is of one cluster/],
])('%s is a usage error, and no cluster is asked', PATIENCE, async (_what, words, message) => {
  const { code, out, err } = await run(['scan', '--all-clusters', ...words])
  expect([code, out, err]).toEqual([2, '', expect.stringMatching(message)])
  expect([one.api.seen, two.api.seen]).toEqual([[], []])
})

it('a plan is of one cluster: the scan of another leads to none', PATIENCE, async () => {
  const ids = idsIn((await run(['scan', '-c', 'one', '-c', 'two'])).err)
  const { code, out, err } = await run(['preview', '-c', 'two', '--scan', ids[0] ?? '', '--rows', '1'])
  expect([code, out], err).toEqual([3, ''])
  expect(err).toMatch(/^error: .*\nnext: /m)
})

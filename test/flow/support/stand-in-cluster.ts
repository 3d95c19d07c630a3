import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { json, startFakeApi, type FakeApi, type Reply } from '../../adapters/kubernetes/support/fake-api.ts'
import { kubeconfig } from '../../adapters/kubernetes/support/kubeconfig-file.ts'
import { makeCertificate } from '../../adapters/kubernetes/support/make-certificate.ts'

/** A stand-in for an API server, over TLS, with some workloads; and a kubeconfig that leads to it. */
export interface StandInCluster {
  readonly api: FakeApi
  readonly kubeconfig: string
  /** By path without query; an empty list for every other path. */
  readonly answers: Map<string, Reply>
  /** Answers everything with this. */
  all: (reply: Reply) => void
  readonly close: () => Promise<void>
}

const list = (...items: readonly object[]): Reply => json(200, { items })
const app = { name: 'app', resources: { requests: { cpu: '100m', memory: '128Mi' } } }
const meta = (name: string, more: object = {}) => ({ name, namespace: 'shop', uid: `uid-${name}`, ...more })

const deployment = (name: string) => ({
  metadata: meta(name, { labels: { app: name } }),
  spec: { selector: { matchLabels: { app: name } }, template: { spec: { containers: [app] } } },
})
const podOf = (name: string) => ({
  metadata: meta(`${name}-1`, {
    labels: { app: name },
    ownerReferences: [{ kind: 'ReplicaSet', name: `${name}-7`, uid: `uid-${name}-7`, controller: true }],
  }),
  status: { phase: 'Running' },
})

/** Deployments in `shop` with one pod each, and what says which cluster this is. */
const worldOf = (names: readonly string[]): readonly (readonly [path: string, reply: Reply])[] => [
  ['/api/v1/namespaces/kube-system', json(200, { metadata: { name: 'kube-system', uid: 'uid-kube-system' } })],
  ['/version', json(200, { gitVersion: 'v1.31.0' })],
  ['/apis/apps/v1/deployments', list(...names.map(deployment))],
  ['/api/v1/pods', list(...names.map(podOf))],
]

export async function standInCluster(folder: string, names: readonly string[] = ['web']): Promise<StandInCluster> {
  const authority = makeCertificate({ commonName: 'cluster', authority: true })
  const server = makeCertificate({ commonName: 'api', issuer: authority, ips: ['127.0.0.1'] })
  const api = await startFakeApi({ server })
  const answers = new Map(worldOf(names))
  api.reply((response, request) => {
    const [path = ''] = request.path.split('?', 1)
    const reply = answers.get(path) ?? list()
    reply(response, request)
  })
  const cluster = { server: api.origin, 'certificate-authority-data': Buffer.from(authority.cert).toString('base64') }
  const file = join(folder, 'kubeconfig')
  writeFileSync(file, kubeconfig({ cluster, user: { token: 'of-the-cluster' } }), { mode: 0o600 })
  let closing: Promise<void> | undefined
  return {
    api,
    kubeconfig: file,
    answers,
    all: (reply) => api.reply(reply),
    close: () => (closing ??= api.close()),
  }
}

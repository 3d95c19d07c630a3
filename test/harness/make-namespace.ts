import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeApi } from './kube-api.ts'

/** A namespace of the test's own, on the control plane that all tests share. Pods can be made in it at once. */
export async function makeNamespace(api: KubeApi, prefix: string): Promise<string> {
  const name = `${prefix}-${randomBytes(4).toString('hex')}`
  await api.post('/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } })
  const account = `/api/v1/namespaces/${name}/serviceaccounts/default`
  const deadline = Date.now() + 20_000
  // Until its controller has made the account, the API server refuses pods.
  while ((await api.request({ method: 'GET', path: account })).status !== 200) {
    if (Date.now() > deadline) throw new Error(`namespace ${name} has no default service account after 20 s`)
    await sleep(50)
  }
  return name
}

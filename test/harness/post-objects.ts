import { setTimeout as sleep } from 'node:timers/promises'
import type { KubeApi } from './kube-api.ts'

/** An object to create, and the status to give it afterwards. */
export interface ObjectToPost {
  readonly path: string
  readonly body: { readonly metadata: { readonly name: string } }
  readonly status?: object
}

const PATIENCE_MS = 20_000

/** Creates the objects in their order, as they are, with their status. */
export async function postObjects(api: KubeApi, objects: readonly ObjectToPost[]): Promise<void> {
  for (const { path, body, status } of objects) {
    const created = await postWhenServed(api, path, body)
    if (status === undefined) continue
    const answer = await api.request({
      method: 'PUT',
      path: `${path}/${body.metadata.name}/status`,
      body: { ...created, status },
    })
    if (answer.status !== 200) throw new Error(`PUT ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
  }
}

/** Right after its definition, a custom resource is "not found": not served yet. */
async function postWhenServed(api: KubeApi, path: string, body: object): Promise<object> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await api.request({ method: 'POST', path, body })
    if (answer.status === 201) return answer.body as object
    if (answer.status !== 404 || Date.now() > deadline) {
      throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`)
    }
    await sleep(100)
  }
}

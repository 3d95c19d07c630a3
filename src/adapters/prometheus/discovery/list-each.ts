import type { KubeObject } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ObjectReader } from '../../../ports/cluster-reader.ts'
import type { Engine } from './engines.ts'

export interface Listed {
  readonly object: KubeObject
  readonly prefix: string
}

/** What the selectors of one engine find in all namespaces, in their order. */
export async function listEach(
  reader: Pick<ObjectReader, 'list'>,
  { groups }: Engine,
  what: { readonly api: string; readonly plural: string },
): Promise<Result<readonly Listed[]>> {
  const wanted = groups.flatMap(({ selectors, prefix }) =>
    selectors.map((labelSelector) => ({ labelSelector, prefix })),
  )
  const lists = await Promise.all(wanted.map(({ labelSelector }) => reader.list({ ...what, labelSelector })))
  const found: Listed[] = []
  for (const [index, list] of lists.entries()) {
    if (!list.ok) return list
    const prefix = wanted[index]?.prefix ?? ''
    found.push(...list.value.map((object) => ({ object, prefix })))
  }
  return ok(found)
}

import type { KubeObject } from '../../../model/observation.ts'
import type { Result } from '../../../model/result.ts'
import type { ListQuery } from '../../../ports/cluster-reader.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import { listPages } from './list-pages.ts'
import { refuseNames } from './refuse-names.ts'

/** Whole objects, all pages. */
export async function listObjects(transport: ApiTransport, query: ListQuery): Promise<Result<readonly KubeObject[]>> {
  const refused = query.namespace === undefined ? undefined : refuseNames(query.namespace)
  return refused ?? listPages(transport, query, (item) => [item])
}

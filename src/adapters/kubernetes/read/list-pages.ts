import type { KubeObject } from '../../../model/observation.ts'
import type { Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import type { Collection } from './collection.ts'
import { foldPages } from './fold-pages.ts'

/** Reads all pages and keeps of each object what `project` makes of it, in API order. */
export const listPages = <Kept>(
  transport: ApiTransport,
  collection: Collection,
  project: (item: KubeObject) => readonly Kept[],
): Promise<Result<readonly Kept[]>> =>
  foldPages(transport, collection, {
    begin: (): Kept[] => [],
    add: (kept, item) => void kept.push(...project(item)),
  })

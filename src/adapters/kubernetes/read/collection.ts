import type { PageAllowance } from './page-allowance.ts'

/** A list to read: every page, in API order. */
export interface Collection {
  /** `/api/v1`, `/apis/apps/v1` … */
  readonly api: string
  readonly plural: string
  /** Absent: all namespaces. */
  readonly namespace?: string | undefined
  readonly labelSelector?: string | undefined
  readonly fieldSelector?: string | undefined
  /** Absent: pages of 500, all of them. */
  readonly pages?: PageAllowance | undefined
}

/** `/apis/apps/v1/namespaces/shop/deployments` of a collection. */
export const collectionPath = ({ api, plural, namespace }: Collection): string =>
  [api, ...(namespace === undefined ? [] : ['namespaces', namespace]), plural].join('/')

export function pagePath(collection: Collection, limit: number, next: string | undefined): string {
  const query = new URLSearchParams({ limit: String(limit) })
  if (collection.labelSelector) query.set('labelSelector', collection.labelSelector)
  if (collection.fieldSelector) query.set('fieldSelector', collection.fieldSelector)
  if (next !== undefined) query.set('continue', next)
  return `${collectionPath(collection)}?${query.toString()}`
}

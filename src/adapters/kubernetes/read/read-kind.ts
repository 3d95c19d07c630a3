import type { KubeObject, ObservedContainer, UnreadKind } from '../../../model/observation.ts'
import type { Problem } from '../../../model/problem.ts'
import { failed, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import type { ChosenNamespaces } from './choose-namespaces.ts'
import type { BorrowedTemplate, KindDescriptor } from './kinds/kind-descriptor.ts'
import { listPages } from './list-pages.ts'
import { inOrder } from './in-order.ts'
import { incomplete, observeContainers, observeWorkload, type ObservedWorkload } from './observe-item.ts'
import { readBorrowedTemplate } from './read-borrowed-template.ts'
import type { RowChoice } from './row-choice.ts'
import { nothingRead, unreadKind } from './unread-kind.ts'

export interface KindListing {
  readonly containers: readonly ObservedContainer[]
  readonly unread: readonly UnreadKind[]
  /** Why not one list could be read, where that was no matter of permissions. */
  readonly nothing?: Problem | undefined
}
export interface ListedScope {
  readonly namespaces: ChosenNamespaces
  readonly labelSelector: string | undefined
  readonly choice: RowChoice
}
export interface KindQuery extends ListedScope {
  readonly descriptor: KindDescriptor
}
type Rows = Result<readonly ObservedContainer[]>
type Found = Rows | (BorrowedTemplate & { readonly workload: ObservedWorkload })

const NAMESPACES_AT_ONCE = 4

/** All rows of one kind. What could not be read of it is said in `unread`; what could be read is kept. */
export async function readKind(transport: ApiTransport, query: KindQuery): Promise<KindListing> {
  const { descriptor, namespaces, labelSelector, choice } = query
  const { api, plural } = descriptor
  const lists = await inOrder(namespaces.lists, NAMESPACES_AT_ONCE, (namespace) =>
    listPages(transport, { api, plural, namespace, labelSelector }, (item) => found(item, query)),
  )
  const all = lists.flatMap((list) => (list.ok ? list.value : []))
  const rows = await inOrder(all, NAMESPACES_AT_ONCE, (one) => rowsOf(transport, one, query))
  return {
    nothing: nothingRead(lists),
    containers: rows.flatMap((row) => (row.ok ? row.value.filter(choice.wantsContainer) : [])),
    unread: unreadKind(descriptor.kind, {
      lists: lists.flatMap((list) => (list.ok ? [] : [list.problem])),
      objects: rows.flatMap((row) => (row.ok ? [] : [row.problem])),
    }),
  }
}

function found(item: KubeObject, { descriptor, choice }: KindQuery): readonly Found[] {
  const workload = observeWorkload(item, descriptor.kind)
  if (!choice.wants(workload)) return []
  const template = descriptor.template(item)
  if (template === undefined) return []
  if ('borrows' in template) return [{ workload, ...template }]
  // Custom resources may leave it out; in Kubernetes' own kinds it cannot be missing.
  if (template.containers.length === 0 && !descriptor.optional) return [failed(incomplete(workload, 'its containers'))]
  return [observeContainers(workload, template, choice.compat)]
}

async function rowsOf(transport: ApiTransport, one: Found, { choice }: KindQuery): Promise<Rows> {
  if (!('borrows' in one)) return one
  const template = await readBorrowedTemplate(transport, one.workload, one.borrows)
  if (!template.ok) return template
  // krr looks for pods by the Rollout's own selector or not at all; the Deployment's finds the same pods.
  const selector = one.selector ?? (choice.compat === 'krr' ? undefined : template.value.selector)
  return observeContainers(one.workload, { ...template.value, selector }, choice.compat)
}

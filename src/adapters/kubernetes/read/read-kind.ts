import type { ObservedContainer, UnreadKind } from '../../../model/observation.ts'
import type { Problem } from '../../../model/problem.ts'
import { ok, type Result } from '../../../model/result.ts'
import type { ApiTransport } from '../http/api-transport.ts'
import type { ChosenNamespaces } from './choose-namespaces.ts'
import type { KindDescriptor } from './kinds/kind-descriptor.ts'
import { listPages } from './list-pages.ts'
import { inOrder } from './in-order.ts'
import { observeContainers, observeWorkload, type ObservedWorkload } from './observe-item.ts'
import { readBorrowedTemplate } from './read-borrowed-template.ts'

export interface KindListing {
  readonly containers: readonly ObservedContainer[]
  readonly unread: readonly UnreadKind[]
}
export interface KindQuery {
  readonly descriptor: KindDescriptor
  readonly namespaces: ChosenNamespaces
  readonly labelSelector: string | undefined
}
type Found = readonly ObservedContainer[] | { readonly workload: ObservedWorkload; readonly borrows: string }

const NAMESPACES_AT_ONCE = 4

/** All rows of one kind. What could not be read of it is said in `unread`; what could be read is kept. */
export async function readKind(transport: ApiTransport, query: KindQuery): Promise<KindListing> {
  const lists = await inOrder(query.namespaces.lists, NAMESPACES_AT_ONCE, (namespace) =>
    listNamespace(transport, query, namespace),
  )
  const found = lists.flatMap((list) => (list.ok ? list.value : []))
  const failures = lists.flatMap((list) => (list.ok ? [] : [list.problem]))
  const rows = await inOrder(found, NAMESPACES_AT_ONCE, (one) => rowsOf(transport, one))
  const lost = rows.flatMap((row) => (row.ok ? [] : [row.problem]))
  // The same refusal in fifty namespaces is one fact; each lost workload is one of its own.
  const said = [...new Map(failures.map((problem) => [problem.reason, problem])).values(), ...lost]
  return {
    containers: rows.flatMap((row) => (row.ok ? row.value : [])),
    unread: said.map((problem) => unread(query.descriptor, problem)),
  }
}

function listNamespace(
  transport: ApiTransport,
  { descriptor, namespaces, labelSelector }: KindQuery,
  namespace: string | undefined,
): Promise<Result<readonly Found[]>> {
  const { api, plural, kind, template } = descriptor
  return listPages(transport, { api, plural, namespace, labelSelector }, (item): readonly Found[] => {
    const workload = observeWorkload(item, kind)
    if (namespaces.dropKubeSystem && workload.namespace === 'kube-system') return []
    const found = template(item)
    if (found === undefined) return []
    return ['borrows' in found ? { workload, borrows: found.borrows } : observeContainers(workload, found)]
  })
}

async function rowsOf(transport: ApiTransport, found: Found): Promise<Result<readonly ObservedContainer[]>> {
  if (!('borrows' in found)) return ok(found)
  const template = await readBorrowedTemplate(transport, found.workload, found.borrows)
  return template.ok ? ok(observeContainers(found.workload, template.value)) : template
}

function unread({ kind }: KindDescriptor, { reason, message }: Problem): UnreadKind {
  const known = { api_not_found: 'not_served', api_forbidden: 'forbidden' } as const
  return { kind, reason: reason === 'api_not_found' || reason === 'api_forbidden' ? known[reason] : 'error', message }
}

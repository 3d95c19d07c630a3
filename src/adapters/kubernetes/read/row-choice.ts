import type { Compat, ObservedContainer, Scope } from '../../../model/observation.ts'
import { ok, type Result } from '../../../model/result.ts'
import { type ChosenNamespaces, isLeftOut } from './choose-namespaces.ts'
import { nameFilter } from './name-filter.ts'
import type { ObservedWorkload } from './observe-item.ts'

/** Which workloads and containers of what is listed are rows. */
export interface RowChoice {
  readonly compat: Compat
  readonly wants: (workload: Pick<ObservedWorkload, 'namespace' | 'name'>) => boolean
  readonly wantsContainer: (row: ObservedContainer) => boolean
}

/** A scope's filters by name; bad_setting for one that cannot be a name. */
export function rowChoice(scope: Scope, namespaces: ChosenNamespaces): Result<RowChoice> {
  const workloads = nameFilter(scope.workloads, 'workload')
  if (!workloads.ok) return workloads
  const containers = nameFilter(scope.containers, 'container')
  if (!containers.ok) return containers
  return ok({
    compat: scope.compat ?? 'fixed',
    wants: ({ namespace, name }) => !isLeftOut(namespaces, namespace) && workloads.value(name),
    wantsContainer: ({ container }) => containers.value(container),
  })
}

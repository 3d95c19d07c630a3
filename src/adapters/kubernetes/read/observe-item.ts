import type { Json } from '../../../model/json.ts'
import type { KubeObject, ObservedContainer } from '../../../model/observation.ts'
import type { WorkloadKind } from '../../../model/workload.ts'
import { textAt, textsAt } from './json-view.ts'
import type { PodTemplate } from './kinds/kind-descriptor.ts'
import { readAllocations } from './read-allocations.ts'

/** What a scan keeps of a workload itself. */
export interface ObservedWorkload {
  readonly kind: WorkloadKind
  readonly namespace: string
  readonly name: string
  readonly uid: string
  readonly labels: Readonly<Record<string, string>>
}

export const observeWorkload = (item: KubeObject, kind: WorkloadKind): ObservedWorkload => ({
  kind,
  namespace: textAt(item, 'metadata', 'namespace') ?? '',
  name: textAt(item, 'metadata', 'name') ?? '',
  uid: textAt(item, 'metadata', 'uid') ?? '',
  labels: textsAt(item, 'metadata', 'labels'),
})

/** One row per container, in spec order. */
export const observeContainers = (
  workload: ObservedWorkload,
  { containers, selector }: PodTemplate,
): readonly ObservedContainer[] =>
  containers.map((container: Json) => ({
    ...workload,
    container: textAt(container, 'name') ?? '',
    allocations: readAllocations(container),
    ...(selector === undefined ? {} : { selector }),
  }))

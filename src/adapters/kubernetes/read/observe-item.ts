import type { Json } from '../../../model/json.ts'
import type { Compat, Deviation, KubeObject, ObservedContainer } from '../../../model/observation.ts'
import { plainText } from '../../../model/plain-text.ts'
import { problem, type Problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import type { WorkloadKind } from '../../../model/workload.ts'
import { textAt, textsAt } from './json-view.ts'
import type { PodTemplate } from './kinds/pod-template.ts'
import { krrReadsAllocations, readAllocations } from './read-allocations.ts'

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

/**
 * One row per container, in spec order, then one per native sidecar (krr sees none of those). A problem for an object that
 * no API server would have stored: it is left out, and said.
 */
export function observeContainers(
  workload: ObservedWorkload,
  { containers, sidecars, selector }: PodTemplate,
  compat: Compat,
): Result<readonly ObservedContainer[]> {
  const beside = compat === 'krr' ? [] : sidecars
  const missing = whatIsMissing(workload, [...containers, ...beside])
  if (missing !== undefined) return failed(incomplete(workload, missing))
  const row = (container: Json, sidecar: boolean): ObservedContainer => ({
    ...workload,
    container: textAt(container, 'name') ?? '',
    allocations: readAllocations(container),
    ...(selector === undefined ? {} : { selector }),
    ...(sidecar ? { sidecar } : {}),
    ...deviating(sidecar, krrReadsAllocations(container)),
  })
  return ok([
    ...containers.map((container) => row(container, false)),
    ...beside.map((container) => row(container, true)),
  ])
}

function deviating(sidecar: boolean, readable: boolean): Pick<ObservedContainer, 'deviations'> {
  const deviations: readonly Deviation[] = [
    ...(sidecar ? (['native_sidecar'] as const) : []),
    ...(readable ? [] : (['exact_quantity'] as const)),
  ]
  return deviations.length > 0 ? { deviations } : {}
}

// Rows are found again by these: an empty one would stand for several, or for none.
function whatIsMissing({ name, namespace, uid }: ObservedWorkload, containers: readonly Json[]): string | undefined {
  if (name === '' || namespace === '' || uid === '') return 'a name, a namespace or a uid'
  return containers.every((container) => textAt(container, 'name')) ? undefined : 'the name of a container'
}

/** The problem of an object without a part that it must have. */
export const incomplete = ({ kind, namespace, name }: ObservedWorkload, missing: string): Problem =>
  problem(
    'api_malformed',
    `The ${kind} ${plainText(`${namespace}/${name}`, 200)} lacks ${missing}, and was left out.`,
    'Check that the server address in the kubeconfig is a Kubernetes API and that no proxy changes its answers.',
  )

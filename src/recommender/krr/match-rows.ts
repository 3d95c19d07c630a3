import type { ObservedContainer } from '../../model/observation.ts'
import type { ContainerRef } from '../../model/workload.ts'
import type { KrrRow } from '../../ports/krr-engine.ts'

/** krr's answer laid over our own list, in the order of the list. */
export interface MatchedRows {
  readonly listed: readonly {
    readonly container: ObservedContainer
    /** More than one is one too many. */
    readonly found: readonly KrrRow[]
  }[]
  /** What krr has and the list does not. */
  readonly strangers: readonly KrrRow[]
}

/** By kind, namespace, name and container: krr gives no UID. */
export function matchRows(containers: readonly ObservedContainer[], rows: readonly KrrRow[]): MatchedRows {
  const byKey = Map.groupBy(rows, containerKey)
  const listed = containers.map((container) => ({ container, found: byKey.get(containerKey(container)) ?? [] }))
  const known = new Set(containers.map(containerKey))
  return { listed, strangers: rows.filter((row) => !known.has(containerKey(row))) }
}

/** One key per container of a cluster; none of the four has a space in it. */
export const containerKey = ({ kind, namespace, name, container }: ContainerRef): string =>
  `${kind} ${namespace} ${name} ${container}`

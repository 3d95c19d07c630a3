import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { chooseJob } from './choose-job.ts'
import type { ContainerName, ReadingTable } from './reading-table.ts'
import type { UsageTables } from './usage-tables.ts'

/** A container and the pods it is counted over. */
export interface CountedContainer {
  readonly container: ContainerName
  readonly pods: readonly string[]
}

export const countedContainer = ({ container, pods }: PodsOfContainer): CountedContainer => ({
  container,
  pods: pods.map((pod) => pod.name),
})

/** Points by krr's rule: over all pods, of the job that krr would take. */
export const allPointsOf = ({ container, pods }: CountedContainer, table: ReadingTable): number =>
  pods.reduce((sum, pod) => sum + (chooseJob(table.of(container, pod))?.value ?? 0), 0)

/**
 * A number of points that there are at least. A pod seen by several jobs counts as none: which job krr takes is only
 * known from the whole window, and that job may have few.
 */
export function fewestPointsOf(
  { container, pods }: CountedContainer,
  tables: UsageTables,
  metric: 'cpu' | 'memory',
): number {
  const { cpu, memory, fewest } = tables
  return pods.reduce((sum, pod) => {
    const seen = [cpu, memory, fewest.cpu, fewest.memory].flatMap((table) => table.of(container, pod))
    const jobs = new Set(seen.map((reading) => reading.job))
    return jobs.size === 1 ? sum + (fewest[metric].of(container, pod)[0]?.value ?? 0) : sum
  }, 0)
}

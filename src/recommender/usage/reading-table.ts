import type { Reading } from './reading.ts'

export interface ContainerName {
  readonly namespace: string
  readonly container: string
}
/** Readings by container name and pod. */
export interface ReadingTable {
  readonly size: number
  of(container: ContainerName, pod: string): readonly Reading[]
}

/** Of two readings of the same series group the later wins. */
export function readingTable(readings: readonly Reading[]): ReadingTable {
  const table = new Map<string, Reading[]>()
  for (const reading of readings) {
    const key = keyOf(reading, reading.pod)
    const known = table.get(key)
    if (!known) table.set(key, [reading])
    else table.set(key, [...known.filter((other) => other.job !== reading.job), reading])
  }
  return { size: table.size, of: (container, pod) => table.get(keyOf(container, pod)) ?? [] }
}

const keyOf = ({ namespace, container }: ContainerName, pod: string): string => `${namespace}/${pod}/${container}`

import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { chosenReadings } from './chosen-readings.ts'
import type { ContainerUsage, PointCount } from './container-usage.ts'
import { countedContainer } from './points-of.ts'
import { readingKey } from './reading.ts'
import type { Reading } from './reading.ts'
import { seenSpan } from './seen-span.ts'
import type { UsageTables } from './usage-tables.ts'

export interface PointCounts {
  readonly cpu: PointCount
  readonly memory: PointCount
}

/** Everything the tables say about one container. */
export function usageOfContainer(container: PodsOfContainer, tables: UsageTables, points: PointCounts): ContainerUsage {
  const counted = countedContainer(container)
  const cpu = chosenReadings(counted, tables.cpu)
  const memory = chosenReadings(counted, tables.memory)
  const seen = seenSpan(counted, tables.spans)
  const percentiles = tables.cpuSeries.percentilesOf?.(container)
  const throttled = chosenReadings(counted, tables.throttling).map(({ value }) => value)
  const { duplicates, perCpu } = tables.cpuSeries.series
  const anyIn = (keys: ReadonlySet<string>): boolean => cpu.some((reading: Reading) => keys.has(readingKey(reading)))
  return {
    cpu,
    memory,
    oomLimits: chosenReadings(counted, tables.oomLimits),
    cpuPoints: points.cpu,
    memoryPoints: points.memory,
    ...(percentiles === undefined ? {} : { cpuPercentiles: percentiles }),
    ...(throttled.length === 0 ? {} : { throttledShare: Math.max(...throttled) }),
    ...(seen === undefined ? {} : { seen }),
    duplicates: anyIn(duplicates),
    perCpu: anyIn(perCpu),
  }
}

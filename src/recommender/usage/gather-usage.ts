import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { MetricWindow } from '../metric-window.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { chosenReadings } from './chosen-readings.ts'
import type { ContainerUsage, PointCount } from './container-usage.ts'
import { loadCpu } from './load-cpu.ts'
import { loadMemory } from './load-memory.ts'
import { loadOomLimits } from './load-oom-limits.ts'
import { loadLight } from './load-light.ts'
import { decidingWindow, loadAllPoints } from './load-points.ts'
import { loadSpans } from './load-spans.ts'
import { loadThrottling } from './load-throttling.ts'
import { podShards } from './plan-shards.ts'
import { allPointsOf, countedContainer, fewestPointsOf } from './points-of.ts'
import { together } from './together.ts'
import { usageOfContainer } from './usage-of-container.ts'
import type { UsageLoad } from './usage-load.ts'
import type { UsageTables } from './usage-tables.ts'

export interface GatheredUsage {
  /** Whether any container of the scan has any number. */
  readonly any: boolean
  of(container: PodsOfContainer): ContainerUsage
}

/** Reads the usage of all containers: the light queries at once, then exact counts where the light ones decide nothing. */
export async function gatherUsage(load: UsageLoad): Promise<Result<GatheredUsage, UsageProblem>> {
  const read = await loadTables(together(load))
  if (!read.ok) return read
  const tables = read.value
  const undecided = new Set(load.containers.filter((container) => !isDecided(container, tables, load)))
  const exact = await loadAllPoints(load, podShards(podsOf(undecided, load), load.budget))
  if (!exact.ok) return exact
  const { pointsRequired: required, window } = load.needs
  const count = (container: PodsOfContainer, metric: Metric): PointCount =>
    undecided.has(container)
      ? {
          counted: allPointsOf(countedContainer(container), exact.value[metric]),
          windowSeconds: window.seconds,
          required,
        }
      : {
          counted: fewestPointsOf(countedContainer(container), tables, metric),
          windowSeconds: tables.fewestSeconds,
          required,
        }
  return ok({
    any: tables.cpu.size + tables.memory.size > 0,
    of: (container) =>
      usageOfContainer(container, tables, { cpu: count(container, 'cpu'), memory: count(container, 'memory') }),
  })
}

async function loadTables(load: UsageLoad): Promise<Result<UsageTables, UsageProblem>> {
  const window = decidingWindow(load.needs.window, load.needs.pointsRequired)
  // What leads to further questions first.
  const [light, cpu, memory, oomLimits, throttling] = await Promise.all([
    lightAndSpans(load, window),
    loadCpu(load),
    loadMemory(load),
    loadOomLimits(load),
    loadThrottling(load),
  ])
  if (!cpu.ok) return cpu
  if (!memory.ok) return memory
  if (!light.ok) return light
  if (!oomLimits.ok) return oomLimits
  if (!throttling.ok) return throttling
  return ok({
    cpu: cpu.value.readings,
    cpuSeries: cpu.value,
    memory: memory.value,
    oomLimits: oomLimits.value,
    throttling: throttling.value,
    ...light.value,
    fewestSeconds: window.seconds,
  })
}

async function lightAndSpans(
  load: UsageLoad,
  window: MetricWindow,
): Promise<Result<Pick<UsageTables, 'fewest' | 'spans'>, UsageProblem>> {
  const light = await loadLight(load, window)
  if (!light.ok) return light
  const spans = await loadSpans(load, light.value)
  return spans.ok ? ok({ fewest: light.value.fewest, spans: spans.value }) : spans
}

const METRICS = ['cpu', 'memory'] as const
type Metric = (typeof METRICS)[number]

/** Without data the count does not matter; with data it must reach what is required. */
const isDecided = (container: PodsOfContainer, tables: UsageTables, { needs }: UsageLoad): boolean =>
  METRICS.every((metric) => {
    const counted = countedContainer(container)
    if (chosenReadings(counted, tables[metric]).length === 0) return true
    return fewestPointsOf(counted, tables, metric) >= needs.pointsRequired
  })

function podsOf(containers: ReadonlySet<PodsOfContainer>, load: UsageLoad): UsageLoad['pods'] {
  const names = new Set<string>()
  for (const { container, pods } of containers) for (const pod of pods) names.add(`${container.namespace}/${pod.name}`)
  return load.pods.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`))
}

import { ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { UsageProblem } from '../../ports/usage-reader.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { chooseJob } from './choose-job.ts'
import type { ChosenReading, ContainerUsage, PointCount } from './container-usage.ts'
import { loadCpu } from './load-cpu.ts'
import { loadMemory } from './load-memory.ts'
import { loadOomLimits } from './load-oom-limits.ts'
import { decidingWindow, loadAllPoints, loadFewestPoints } from './load-points.ts'
import type { PointTables } from './load-points.ts'
import { podShards } from './plan-shards.ts'
import { allPointsOf, fewestPointsOf } from './points-of.ts'
import type { CountedContainer } from './points-of.ts'
import type { ReadingTable } from './reading-table.ts'
import type { UsageLoad } from './usage-load.ts'
import type { UsageTables } from './usage-tables.ts'

export interface GatheredUsage {
  /** Whether any container of the scan has any number. */
  readonly any: boolean
  of(container: PodsOfContainer): ContainerUsage
}

/** Reads the usage of all containers: the light queries at once, then exact counts where the light ones decide nothing. */
export async function gatherUsage(
  containers: readonly PodsOfContainer[],
  load: UsageLoad,
): Promise<Result<GatheredUsage, UsageProblem>> {
  const read = await loadTables(load)
  if (!read.ok) return read
  const tables = read.value
  const undecided = new Set(containers.filter((container) => !isDecided(counted(container), tables, load)))
  const exact = await loadAllPoints(load, podShards(podsOf(undecided, load), load.budget))
  if (!exact.ok) return exact
  return ok({
    any: tables.cpu.size + tables.memory.size > 0,
    of: (container) =>
      usageOf(counted(container), tables, (metric) =>
        undecided.has(container)
          ? exactCount(counted(container), exact.value[metric], load)
          : fewestCount(counted(container), tables, { metric, required: load.needs.pointsRequired }),
      ),
  })
}

async function loadTables(load: UsageLoad): Promise<Result<UsageTables, UsageProblem>> {
  const window = decidingWindow(load.needs.window, load.needs.pointsRequired)
  const [cpu, memory, oomLimits, fewest] = await Promise.all([
    loadCpu(load),
    loadMemory(load),
    loadOomLimits(load),
    loadFewestPoints(load, window),
  ])
  if (!cpu.ok) return cpu
  if (!memory.ok) return memory
  if (!oomLimits.ok) return oomLimits
  if (!fewest.ok) return fewest
  return ok({
    cpu: cpu.value,
    memory: memory.value,
    oomLimits: oomLimits.value,
    fewest: fewest.value,
    fewestSeconds: window.seconds,
  })
}

const METRICS = ['cpu', 'memory'] as const
type Metric = (typeof METRICS)[number]

/** Without data the count does not matter; with data it must reach what is required. */
const isDecided = (container: CountedContainer, tables: UsageTables, load: UsageLoad): boolean =>
  METRICS.every(
    (metric) =>
      chosen(container, tables[metric]).length === 0 ||
      fewestPointsOf(container, tables, metric) >= load.needs.pointsRequired,
  )

function podsOf(containers: ReadonlySet<PodsOfContainer>, load: UsageLoad): UsageLoad['pods'] {
  const names = new Set<string>()
  for (const { container, pods } of containers) for (const pod of pods) names.add(`${container.namespace}/${pod.name}`)
  return load.pods.filter(({ namespace, pod }) => names.has(`${namespace}/${pod}`))
}

const counted = ({ container, pods }: PodsOfContainer): CountedContainer => ({
  container,
  pods: pods.map((pod) => pod.name),
})
function chosen({ container, pods }: CountedContainer, table: ReadingTable): readonly ChosenReading[] {
  return pods.flatMap((pod) => {
    const readings = table.of(container, pod)
    const reading = chooseJob(readings)
    return reading ? [{ ...reading, jobs: readings.length }] : []
  })
}

const exactCount = (container: CountedContainer, table: PointTables[Metric], { needs }: UsageLoad): PointCount => ({
  counted: allPointsOf(container, table),
  windowSeconds: needs.window.seconds,
  required: needs.pointsRequired,
})
const fewestCount = (
  container: CountedContainer,
  tables: UsageTables,
  { metric, required }: { readonly metric: Metric; readonly required: number },
): PointCount => ({
  counted: fewestPointsOf(container, tables, metric),
  windowSeconds: tables.fewestSeconds,
  required,
})

const usageOf = (
  container: CountedContainer,
  tables: UsageTables,
  points: (metric: Metric) => PointCount,
): ContainerUsage => ({
  cpu: chosen(container, tables.cpu),
  memory: chosen(container, tables.memory),
  oomLimits: chosen(container, tables.oomLimits),
  cpuPoints: points('cpu'),
  memoryPoints: points('memory'),
})

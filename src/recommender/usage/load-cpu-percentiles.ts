import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { RangeWindow, UsageProblem } from '../../ports/usage-reader.ts'
import type { PodsOfContainer } from '../discovery/pods-of-container.ts'
import { numpyPercentile } from '../numbers/numpy-percentile.ts'
import type { UsageSession } from '../usage-session.ts'
import { chooseJob } from './choose-job.ts'
import type { CpuTables } from './cpu-tables.ts'
import { fewAtOnce } from './few-at-once.ts'
import { chunksOf, inBatches, krrRange, type Percentiles } from './cpu-range.ts'
import { halfRanges, LONGEST_RANGE } from './range-chunks.ts'
import { pointsByGroup } from './points-by-group.ts'
import type { PointsByGroup } from './points-by-group.ts'
import type { Reading } from './reading.ts'
import { readingTable } from './reading-table.ts'
import { NO_SERIES } from './series-facts.ts'
import { podShard, selectorOf } from './shard.ts'
import type { ShardPod } from './shard.ts'
import type { UsageLoad } from './usage-load.ts'
import { usageQueries } from './usage-queries.ts'

/**
 * Percentiles over all points of all pods, as krr's simple_limit has them: the very points of its range query, asked for
 * a few containers at a time and in pieces that any server answers, so that neither side holds much at once.
 */
export async function loadCpuPercentiles(load: UsageLoad, need: Percentiles): Promise<Result<CpuTables, UsageProblem>> {
  const window = krrRange(load, need)
  const readings: Reading[] = []
  const percentiles = new Map<PodsOfContainer, readonly number[]>()
  const points = (window.end - window.start) / window.stepSeconds
  if (points > LONGEST_RANGE && !load.longRanges) return ok({ readings: readingTable([]), series: NO_SERIES })
  const problem = await fewAtOnce(inBatches(load.containers, points), async (batch) => {
    const loaded = await pointsOf(load, batch, window)
    if (!loaded.ok) return loaded.problem
    for (const container of batch) {
      const chosen = chosenSeries(container, loaded.value)
      if (chosen.length === 0) continue
      percentiles.set(container, percentilesOf(chosen, need.percents))
      readings.push(...chosen.map(({ reading }) => reading))
    }
    return undefined
  })
  if (problem) return failed(problem)
  const percentileOf = (container: PodsOfContainer): readonly number[] | undefined => percentiles.get(container)
  return ok({ readings: readingTable(readings), series: NO_SERIES, percentilesOf: percentileOf })
}

/** All points of a batch of containers, by series group. */
async function pointsOf(
  { session }: UsageLoad,
  batch: readonly PodsOfContainer[],
  window: RangeWindow,
): Promise<Result<PointsByGroup, UsageProblem>> {
  const selector = selectorOf(podShard(podsOf(batch))) + session.clusterMatcher
  const promql = usageQueries.cpuRate(selector, `${window.stepSeconds}s`)
  const groups = pointsByGroup()
  for (const chunk of chunksOf(batch, window)) {
    const problem = await askChunk(session, { promql, window: chunk }, groups)
    if (problem) return failed(problem)
  }
  return ok(groups)
}

interface ChunkQuestion {
  readonly promql: string
  readonly window: RangeWindow
}
async function askChunk(
  session: UsageSession,
  { promql, window }: ChunkQuestion,
  groups: PointsByGroup,
): Promise<UsageProblem | undefined> {
  const answer = await session.askRange(promql, window)
  if (answer.ok) {
    for (const series of answer.value) groups.add(series)
    return undefined
  }
  const parts = answer.problem.tooMuch ? halfRanges(window) : undefined
  if (!parts) return answer.problem
  const [first, second] = parts
  return (
    (await askChunk(session, { promql, window: first }, groups)) ??
    (await askChunk(session, { promql, window: second }, groups))
  )
}

function podsOf(batch: readonly PodsOfContainer[]): readonly ShardPod[] {
  return batch.flatMap(({ container, pods }) =>
    pods.map(({ name }) => ({
      namespace: container.namespace,
      pod: name,
      containers: [container.container],
      points: 0,
    })),
  )
}

interface ChosenSeries {
  readonly reading: Reading
  readonly points: Float64Array
}
function chosenSeries({ container, pods }: PodsOfContainer, groups: PointsByGroup): readonly ChosenSeries[] {
  return pods.flatMap(({ name: pod }) => {
    const { namespace, container: name } = container
    const readings = groups.of({ namespace, container: name, pod })
    const reading = chooseJob(readings)
    return reading ? [{ reading, points: groups.pointsOf(reading) }] : []
  })
}

function percentilesOf(chosen: readonly ChosenSeries[], percents: readonly number[]): readonly number[] {
  const all = new Float64Array(chosen.reduce((sum, { points }) => sum + points.length, 0))
  let at = 0
  for (const { points } of chosen) {
    all.set(points, at)
    at += points.length
  }
  all.sort()
  return percents.map((percent) => numpyPercentile(all, percent))
}

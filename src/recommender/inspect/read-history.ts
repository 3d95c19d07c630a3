import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import { unixSeconds } from '../../model/time.ts'
import type { UsageHistory } from '../../model/usage-history.ts'
import type { RangeSeries, RangeWindow, UsageProblem, UsageReader } from '../../ports/usage-reader.ts'
import { askShardRanges } from '../usage/ask-shards.ts'
import { podShards } from '../usage/plan-shards.ts'
import type { ShardPod } from '../usage/shard.ts'
import { inspectQueries } from './inspect-queries.ts'
import { podsOfRow, rowSession } from './row-session.ts'

/** Points of a chart: two weeks in steps of two hours. */
export const CHART_POINTS = 168
/** Points in one answer. */
const BUDGET = 200_000

export interface HistoryOptions {
  readonly usage: UsageReader
  /** At most so many points per row; `CHART_POINTS` unless told. */
  readonly points?: number
  readonly signal?: AbortSignal
}

/** Usage over time of some rows, by row number: the highest pod at each step. Two light queries for many rows. */
export async function readHistory(
  scan: Scan,
  rows: readonly ScanRow[],
  { usage, points = CHART_POINTS, signal }: HistoryOptions,
): Promise<Result<ReadonlyMap<number, UsageHistory>, UsageProblem>> {
  const { session, window } = rowSession(scan, usage, signal)
  const stepSeconds = Math.max(window.stepSeconds, Math.ceil(window.seconds / points / 60) * 60)
  const steps = Math.floor(window.seconds / stepSeconds)
  const range = { start: unixSeconds(session.at - (steps - 1) * stepSeconds), end: session.at, stepSeconds }
  const charts = chartsOf(rows, range)
  const shards = podShards(uniquePods(rows, steps), BUDGET)
  const [cpu, memory] = await Promise.all([
    askShardRanges(session, shards, { promql: inspectQueries.cpuNow, window: range, take: charts.cpu }),
    askShardRanges(session, shards, { promql: inspectQueries.memoryNow, window: range, take: charts.memory }),
  ])
  const problem = cpu ?? memory
  return problem ? failed(problem) : ok(charts.byRow)
}

/** Two rows can be about the same pods. */
function uniquePods(rows: readonly ScanRow[], points: number): readonly ShardPod[] {
  const pods = new Map<string, ShardPod>()
  for (const pod of rows.flatMap((row) => podsOfRow(row, points))) {
    pods.set(`${pod.namespace}/${pod.pod}/${pod.containers.join()}`, pod)
  }
  return [...pods.values()]
}

interface Charts {
  readonly byRow: ReadonlyMap<number, UsageHistory>
  readonly cpu: (series: RangeSeries) => void
  readonly memory: (series: RangeSeries) => void
}
function chartsOf(rows: readonly ScanRow[], { start, end, stepSeconds }: RangeWindow): Charts {
  const length = Math.floor((end - start) / stepSeconds) + 1
  const empty = (): (number | null)[] => Array.from({ length }, () => null)
  const byRow = new Map(
    rows.map(({ row }) => [row, { from: start, stepSeconds, cpu: empty(), memory: empty() }] as const),
  )
  const rowsOfPod = new Map<string, number[]>()
  for (const { row, container, pods } of rows) {
    for (const { name } of pods) {
      const key = `${container.namespace}/${name}/${container.container}`
      rowsOfPod.set(key, [...(rowsOfPod.get(key) ?? []), row])
    }
  }
  const taker =
    (resource: 'cpu' | 'memory') =>
    ({ labels, points }: RangeSeries): void => {
      const key = `${labels['namespace']}/${labels['pod']}/${labels['container']}`
      for (const row of rowsOfPod.get(key) ?? []) {
        const values = byRow.get(row)?.[resource] ?? []
        for (const [at, value] of points) raise(values, Math.round((at - start) / stepSeconds), value)
      }
    }
  return { byRow, cpu: taker('cpu'), memory: taker('memory') }
}

function raise(values: (number | null)[], index: number, value: number): void {
  const known = values[index]
  if (Number.isFinite(value) && known !== undefined && (known === null || value > known)) values[index] = value
}

import type { Scan, ScanRow } from '../../model/recommendation.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import { metricWindow } from '../metric-window.ts'
import type { MetricWindow } from '../metric-window.ts'
import type { ShardPod } from '../usage/shard.ts'
import { usageSession } from '../usage-session.ts'
import type { UsageSession } from '../usage-session.ts'

/** Questions about rows of a scan, as of that scan: its time, its window, its cluster label. */
export interface RowSession {
  readonly session: UsageSession
  readonly window: MetricWindow
}

export function rowSession(scan: Scan, usage: UsageReader, signal?: AbortSignal): RowSession {
  const { settings, evaluatedAt, prometheus } = scan
  const session = usageSession(usage, evaluatedAt, {
    concurrency: 4,
    ...(prometheus.clusterLabel === undefined ? {} : { clusterLabel: prometheus.clusterLabel }),
    ...(signal === undefined ? {} : { signal }),
  })
  return { session, window: metricWindow(settings.historyHours, settings.timeframeMinutes) }
}

/** The pods of a row, as shards are made of; `points` of each in one query. */
export const podsOfRow = ({ container, pods }: ScanRow, points: number): readonly ShardPod[] =>
  pods.map(({ name }) => ({ namespace: container.namespace, pod: name, containers: [container.container], points }))

import { plainText } from '../../model/plain-text.ts'
import type { NamedEstimate } from '../../model/scan-estimate.ts'
import type { Envelope } from './envelope.ts'
import { forTool } from './envelope.ts'

/** What a scan would cost, for a model. */
export function estimateEnvelope(estimate: NamedEstimate): Envelope {
  const { cluster, source, origin, workloads, containers, pods, queries, points, largestQuery } = estimate
  return {
    status: 'done',
    headline: `A scan would take about ${queries} queries over ${points} points; nothing heavy was asked.`,
    cluster: { name: plainText(cluster, 80), source },
    changed_cluster: 'no',
    next: [forTool('scan_recommendations')],
    data: {
      prometheus: plainText(origin, 200),
      workloads,
      containers,
      pods_in_the_window: pods,
      queries,
      points,
      points_of_the_largest_query: largestQuery,
    },
  }
}

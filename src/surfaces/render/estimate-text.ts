import { plainText } from '../../model/plain-text.ts'
import type { NamedEstimate } from '../../model/scan-estimate.ts'

/** What a scan would cost the metrics server, for a person. */
export function estimateText(estimate: NamedEstimate): string {
  const { cluster, origin, workloads, containers, pods, queries, points, largestQuery } = estimate
  return [
    `A scan of ${plainText(cluster, 80)} would ask ${plainText(origin)}:`,
    `  ${queries} queries or a few more, at most 4 at once`,
    `  about ${inWords(points)} points, about ${inWords(largestQuery)} in the largest query (a stock Prometheus allows 50 million)`,
    `  for ${containers} containers of ${workloads} workloads, with ${pods} pods in the window`,
    'Nothing heavy was asked.',
  ].join('\n')
}

function inWords(count: number): string {
  if (count >= 1e6) return `${Number((count / 1e6).toFixed(1))} million`
  return count >= 10_000 ? `${Math.round(count / 1000)} thousand` : String(count)
}

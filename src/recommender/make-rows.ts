import type { ObservedCluster } from './observe-cluster.ts'
import type { ReadUsage } from './read-usage.ts'
import { scanMarks } from './row/scan-marks.ts'
import { scanRow } from './row/scan-row.ts'
import type { MadeRow } from './row/scan-row.ts'
import type { ScanRequest } from './scan-request.ts'
import type { Sizing } from './strategies/all-strategies.ts'
import { isStretched } from './strategies/step-for-server.ts'

export interface RowsInput {
  readonly sizing: Sizing
  /** Its strategy is the one that was carried out, at the step that was asked at. */
  readonly request: ScanRequest
  readonly observed: ObservedCluster
  readonly usage: ReadUsage
  readonly engine: string | undefined
  readonly clusterMatcher: string
}
/** Every row, numbered in krr's order. */
export function makeRows({ sizing, request, observed, usage, engine, clusterMatcher }: RowsInput): readonly MadeRow[] {
  const { settings } = request.chosen
  const stretched = isStretched(request.chosen, engine)
  const { found, gathered } = usage
  const marksOf = scanMarks(found, observed, { needs: sizing.needs, at: request.evaluatedAt })
  return found.map((pods, index) => {
    const { container } = pods
    const used = gathered.of(pods)
    const autoscaler = observed.autoscalerOf(container)
    return scanRow({
      row: index + 1,
      found: pods,
      usage: used,
      autoscaler,
      proposal: sizing.propose({ container, usage: used, autoscaler }),
      needs: sizing.needs,
      minimums: settings,
      at: request.evaluatedAt,
      marks: marksOf(pods, used),
      stretched,
      clusterMatcher,
    })
  })
}

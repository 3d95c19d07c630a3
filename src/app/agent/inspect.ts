import { problem } from '../../model/problem.ts'
import type { Scan, ScanRow } from '../../model/recommendation.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { Backtest, UsageDetails, UsageHistory } from '../../model/usage-history.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import { readBacktest } from '../../recommender/inspect/read-backtest.ts'
import { readDetails } from '../../recommender/inspect/read-details.ts'
import { readHistory } from '../../recommender/inspect/read-history.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { untilStopped } from './until-stopped.ts'

/** What the metrics say about a row beyond the numbers of its scan. */
export interface Inspection {
  readonly details: UsageDetails
  /** Only if asked for. */
  readonly history?: UsageHistory
  readonly backtest?: Backtest
}
export interface InspectRequest {
  readonly scan: Scan
  readonly row: ScanRow
  /** Usage over time and the backtest: as costly as the row's own scan. */
  readonly overTime: boolean
  readonly signal?: AbortSignal
}

/** Asks the metrics about one row, as of its scan. The scan's own evidence stands without it. */
export const inspectRow = (request: InspectRequest, ports: AppPorts): Promise<Result<Inspection>> =>
  untilStopped(inspected(request, ports), request.signal)

async function inspected(
  { scan, row, overTime, signal }: InspectRequest,
  ports: AppPorts,
): Promise<Result<Inspection>> {
  const usage = await usageOfScan(scan, ports)
  if (!usage.ok) return usage
  const asked = { usage: usage.value, ...(signal === undefined ? {} : { signal }) }
  const [details, history, backtest] = await Promise.all([
    readDetails(scan, row, asked),
    overTime ? readHistory(scan, [row], asked) : ok(undefined),
    overTime ? readBacktest(scan, row, asked) : ok(undefined),
  ])
  if (!details.ok) return details
  if (!history.ok) return history
  if (!backtest.ok) return backtest
  const chart = history.value?.get(row.row)
  return ok({
    details: details.value,
    ...(chart === undefined ? {} : { history: chart }),
    ...(backtest.value === undefined ? {} : { backtest: backtest.value }),
  })
}

/** Usage over time of many rows, for charts and sparklines. */
export async function historyOfRows(
  scan: Scan,
  rows: readonly ScanRow[],
  { ports, points }: { readonly ports: AppPorts; readonly points?: number },
): Promise<Result<ReadonlyMap<number, UsageHistory>>> {
  const usage = await usageOfScan(scan, ports)
  if (!usage.ok) return usage
  return readHistory(scan, rows, { usage: usage.value, ...(points === undefined ? {} : { points }) })
}

/** The metrics that the scan was made with, and no others: another server's numbers would explain nothing. */
async function usageOfScan({ id, cluster, prometheus }: Scan, ports: AppPorts): Promise<Result<UsageReader>> {
  if (cluster.source === 'replay') {
    const message = `Scan ${id} is a replay: there are no metrics to ask about it, only what was recorded.`
    return failed(problem('not_in_recording', message, 'Scan the cluster itself for usage over time.'))
  }
  const usage = await ports.usage()
  if (!usage.ok || usage.value.origin === prometheus.origin) return usage
  return failed(
    problem(
      'other_prometheus',
      `Scan ${id} was made with ${prometheus.origin}, and this is ${usage.value.origin}.`,
      'Name the same Prometheus, or scan again with this one.',
    ),
  )
}

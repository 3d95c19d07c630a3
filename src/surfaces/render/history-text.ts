import { isFinal } from '../../model/status.ts'
import { isoTime } from '../../model/time.ts'
import type { ExecutionState } from '../../journal/state.ts'
import { plainTable } from './plain-table.ts'
import { plainText } from '../../model/plain-text.ts'
import type { TextOptions } from './plan-text.ts'
import { someNames } from './some-names.ts'
import { spanText } from './span-text.ts'
import { statusText } from './status-text.ts'

export interface ListedExecution {
  readonly execution: ExecutionState
  readonly clusterName: string
  readonly workloads: readonly string[]
}

const HEAD = ['Execution', 'Status', 'Queued', 'Took', 'Plan', 'Cluster', 'Workloads']

/** Executions as a table, one line each. */
export function historyText(executions: readonly ListedExecution[], { now, colour = false }: TextOptions): string {
  const rows = executions.map(({ execution: { id, status, queuedAt, changedAt, plan }, clusterName, workloads }) => [
    id,
    statusText(status, colour),
    isoTime(queuedAt.wall),
    isFinal(status) ? spanText(changedAt.wall - queuedAt.wall) : `${spanText(now - queuedAt.wall)} so far`,
    plan,
    plainText(clusterName, 40),
    someNames(workloads),
  ])
  return plainTable(HEAD, rows, colour)
}

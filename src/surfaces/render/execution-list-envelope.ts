import type { ExecutionState } from '../../journal/state.ts'
import { isoTime } from '../../model/time.ts'
import type { Envelope } from './envelope.ts'
import { plainText } from '../../model/plain-text.ts'

export interface ListedForModel {
  readonly execution: ExecutionState
  readonly clusterName: string
  readonly workloads: readonly string[]
}
const MOST = 20

/** The latest executions, the newest first. */
export const executionListEnvelope = (listed: readonly ListedForModel[]): Envelope => ({
  status: 'done',
  headline:
    listed.length === 0
      ? 'There are no executions.'
      : `${listed.length} ${listed.length === 1 ? 'execution' : 'executions'}, the newest first.`,
  cluster: null,
  changed_cluster: 'no',
  next: [],
  data: {
    executions: listed.slice(0, MOST).map(({ execution, clusterName, workloads }) => ({
      execution_id: execution.id,
      status: execution.status,
      plan_id: execution.plan,
      queued_at: isoTime(execution.queuedAt.wall),
      cluster: plainText(clusterName, 80),
      workloads: workloads.slice(0, 5).map((each) => plainText(each, 300)),
      workloads_not_shown: Math.max(0, workloads.length - 5),
    })),
    not_shown: Math.max(0, listed.length - MOST),
  },
})

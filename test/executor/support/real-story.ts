import { hostname } from 'node:os'
import { resolveConnection } from '../../../src/adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../../src/adapters/kubernetes/read/connect-reader.ts'
import { connectWriter } from '../../../src/adapters/kubernetes/write/connect-writer.ts'
import { systemClock } from '../../../src/adapters/local/system-clock.ts'
import { execute } from '../../../src/executor/execute.ts'
import type { ExecutorPorts } from '../../../src/executor/executor-ports.ts'
import { openJournal } from '../../../src/journal/journal.ts'
import type { ExecutionState } from '../../../src/journal/state.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { PlanTarget, Verification } from '../../../src/model/plan.ts'
import { ok } from '../../../src/model/result.ts'
import type { ExecutionStatus } from '../../../src/model/status.ts'
import { millis } from '../../../src/model/time.ts'
import { connectKubeApi, type KubeApi } from '../../harness/kube-api.ts'
import { makeNamespace } from '../../harness/make-namespace.ts'
import { memoryEntryStore } from '../../harness/memory-entry-store.ts'
import { queuedExecution } from '../../harness/queued-execution.ts'
import type { ControlPlaneConnection } from '../../harness/start-control-plane.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { stepFor, type Resources } from './objects.ts'
import { planOf } from './plan-of.ts'

/** Seconds instead of minutes, and said so. */
export const SHORT: Verification = { soak: millis(3_000), rolloutDeadline: millis(12_000), undoOnFailure: true }

export interface RealEnding {
  readonly status: ExecutionStatus
  readonly why: string
  readonly state: ExecutionState
  readonly seconds: number
  /** What was asked of the cluster: reads and writes, dry runs included. */
  readonly calls: number
}
export interface Changing {
  readonly object: JsonObject
  readonly after: Resources
}

/** The real control plane with the real reader and writer; only the approval is made by the test. */
export interface RealStories {
  readonly api: KubeApi
  readonly namespace: (name: string) => Promise<string>
  readonly run: (changes: readonly Changing[], more?: RealMore) => Promise<RealEnding>
  readonly close: () => Promise<void>
}
interface RealMore extends Partial<Pick<ExecutorPorts, 'recheck'>> {
  readonly verification?: Partial<Verification>
  /** Told each state of the execution as it is recorded. */
  readonly onState?: (state: ExecutionState, requestStop: () => Promise<void>) => Promise<void>
}

const PLURALS = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' } as const
export const pathOf = (kind: PlanTarget['kind'], namespace: string, name = ''): string =>
  `/apis/apps/v1/namespaces/${namespace}/${PLURALS[kind]}${name === '' ? '' : `/${name}`}`

export async function realStories(controlPlane: ControlPlaneConnection): Promise<RealStories> {
  const api = await connectKubeApi({ ...controlPlane, token: controlPlane.adminToken })
  const kubeconfig = controlPlane.kubeconfigFiles.operator
  const connection = valueOf(await resolveConnection({ kubeconfig, environment: {} }))
  const [reader, writer] = [connectReader(connection), connectWriter(connection)]
  const fingerprint = valueOf(await reader.fingerprint())
  const clock = systemClock()

  return {
    api,
    namespace: (name) => makeNamespace(api, `executor-${name}`),
    async run(changes, { verification, onState, recheck } = {}) {
      const journal = openJournal(memoryEntryStore(), clock)
      const steps = changes.map(({ object, after }, at) => stepFor(object, { step: at + 1, after }))
      const plan = planOf(steps, { fingerprint, verification: { ...SHORT, ...verification } })
      const approved = await queuedExecution(journal, plan)
      let calls = 0
      const counted = <Value>(work: Promise<Value>): Promise<Value> => {
        calls += 1
        return work
      }
      const now = async (): Promise<ExecutionState> =>
        valueOf(await journal.state()).executions.get(approved.execution) ?? never()
      const actor = { kind: 'worker', pid: process.pid, osUser: 'test', host: hostname() } as const
      const requestStop = async (): Promise<void> => {
        const event = { kind: 'stop_requested' as const, subject: approved.execution, facts: {} }
        valueOf(await journal.append(() => ok({ drafts: [{ actor, event }], value: null })))
      }
      const told: typeof journal = {
        ...journal,
        append: async (decide) => {
          const done = await journal.append(decide)
          await onState?.(await now(), requestStop)
          return done
        },
      }
      const began = performance.now()
      const status = await execute(approved, {
        journal: told,
        clock,
        actor,
        pid: process.pid,
        host: hostname(),
        leases: { beat: async () => ok(null), read: async () => ok(undefined) },
        recheck: recheck ?? (async () => ok(null)),
        writer: {
          send: (...order) => counted(writer.send(...order)),
          rehearse: (...order) => counted(writer.rehearse(...order)),
        },
        objects: {
          fingerprint: () => counted(reader.fingerprint()),
          workload: (ref) => counted(reader.workload(ref)),
          list: (query) => counted(reader.list(query)),
        },
      })
      const seconds = Math.round((performance.now() - began) / 100) / 10
      const state = await now()
      return { status: valueOf(status), why: state.why ?? '', state, seconds, calls }
    },
    async close() {
      await Promise.all([reader.close(), writer.close(), api.close()])
    },
  }
}

function never(): never {
  throw new Error('the execution is not in the journal')
}

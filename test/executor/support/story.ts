import { execute } from '../../../src/executor/execute.ts'
import type { ExecutorPorts } from '../../../src/executor/executor-ports.ts'
import type { ExecutionEvent, JournalEvent } from '../../../src/journal/event.ts'
import { openJournal, type Journal } from '../../../src/journal/journal.ts'
import type { ExecutionState } from '../../../src/journal/state.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Verification } from '../../../src/model/plan.ts'
import { ok, type Result } from '../../../src/model/result.ts'
import type { ExecutionStatus } from '../../../src/model/status.ts'
import type { Lease, LeaseStore } from '../../../src/ports/lease-store.ts'
import type { ApprovedPlan } from '../../../src/safety/approval/approved-plan.ts'
import { memoryEntryStore } from '../../harness/memory-entry-store.ts'
import { queuedExecution } from '../../harness/queued-execution.ts'
import { virtualClock, type VirtualClock } from '../../harness/virtual-clock.ts'
import { stepFor, type StepSketch } from './objects.ts'
import { planOf } from './plan-of.ts'
import { toyCluster, type ToyCluster } from './toy-cluster.ts'

/** A real journal, a virtual clock and a toy cluster, with what a story needs to see of them. */
export interface Story {
  readonly clock: VirtualClock
  readonly cluster: ToyCluster
  readonly journal: Journal
  readonly leases: readonly Lease[]
  /** Approves and executes a plan of one step per workload. */
  readonly run: (
    workloads: readonly (readonly [object: JsonObject, sketch?: StepSketch])[],
    more?: Partial<ExecutorPorts> & { readonly verification?: Partial<Verification> },
  ) => Promise<Ending>
  readonly queue: (objects: readonly JsonObject[]) => Promise<ApprovedPlan>
  readonly ports: (more?: Partial<ExecutorPorts>) => ExecutorPorts
  readonly state: () => Promise<ExecutionState>
  readonly requestStop: () => Promise<void>
  /** What happened, in order, each with its step where it has one: `write_taken 1`. */
  readonly events: () => Promise<readonly string[]>
  readonly recorded: <Kind extends ExecutionEvent['kind']>(kind: Kind) => Promise<readonly Facts<Kind>[]>
}
type Facts<Kind> = Extract<ExecutionEvent, { kind: Kind }>['facts']

export interface Ending {
  readonly result: Result<ExecutionStatus>
  readonly status: ExecutionStatus
  readonly why: string
  readonly state: ExecutionState
}

const EXECUTION = 'x-test' as ExecutionId

export function story(): Story {
  const clock = virtualClock()
  const cluster = toyCluster(clock)
  const journal = openJournal(memoryEntryStore(), clock)
  const beats: Lease[] = []
  const leases: LeaseStore = {
    beat: async (lease) => {
      beats.push(lease)
      return ok(null)
    },
    read: async () => ok(beats.at(-1)),
  }
  const ports = (more: Partial<ExecutorPorts> = {}): ExecutorPorts => ({
    journal,
    clock,
    leases,
    writer: cluster.writer,
    objects: cluster.objects,
    recheck: async () => ok(null),
    actor: { kind: 'worker', pid: 1, osUser: 'test', host: 'test' },
    pid: 1,
    host: 'test',
    ...more,
  })
  const entries = async (): Promise<readonly JournalEvent[]> => {
    const read = await journal.entries(0)
    return read.ok ? read.value.map(({ event }) => event) : []
  }
  const state = async (): Promise<ExecutionState> => {
    const folded = await journal.state()
    const execution = folded.ok ? folded.value.executions.get(EXECUTION) : undefined
    if (!execution) throw new Error('the execution is not in the journal')
    return execution
  }
  return {
    clock,
    cluster,
    journal,
    leases: beats,
    ports,
    state,
    queue: (objects) => queuedExecution(journal, planOf(objects.map((each, at) => stepFor(each, { step: at + 1 })))),
    async run(workloads, { verification = {}, ...more } = {}) {
      const steps = workloads.map(([object, sketch], at) => stepFor(object, { step: at + 1, ...sketch }))
      const approved = await queuedExecution(journal, planOf(steps, { verification }))
      const result = await execute(approved, ports(more))
      const after = await state()
      return { result, status: after.status, why: after.why ?? '', state: after }
    },
    async requestStop() {
      const event = { kind: 'stop_requested' as const, subject: EXECUTION, facts: {} }
      await journal.append(() => ok({ drafts: [{ actor: ports().actor, event }], value: null }))
    },
    events: async () =>
      (await entries())
        .filter(({ subject }) => subject === EXECUTION)
        .map(({ kind, facts }) => ('step' in facts ? `${kind} ${facts.step}` : kind)),
    recorded: async <Kind extends ExecutionEvent['kind']>(kind: Kind) =>
      (await entries()).filter((event) => event.kind === kind).map(({ facts }) => facts as Facts<Kind>),
  }
}

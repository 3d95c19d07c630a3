import type { AppPorts, ClusterAccess } from '../../../src/app/common/app-ports.ts'
import { recordPlan } from '../../../src/app/common/record-plan.ts'
import { loadPlan, type PlanView } from '../../../src/app/common/load.ts'
import type { Journal } from '../../../src/journal/journal.ts'
import { openJournal } from '../../../src/journal/journal.ts'
import type { JournalEvent } from '../../../src/journal/event.ts'
import type { Source } from '../../../src/model/cluster.ts'
import type { ExecutionId } from '../../../src/model/ids.ts'
import type { KubeObject } from '../../../src/model/observation.ts'
import type { DigestedPlan } from '../../../src/model/plan.ts'
import { problem, type Problem } from '../../../src/model/problem.ts'
import { failed, ok, type Result } from '../../../src/model/result.ts'
import { minutes } from '../../../src/model/time.ts'
import type { Lease } from '../../../src/ports/lease-store.ts'
import { makePlan } from '../../../src/safety/plan/make-plan.ts'
import type { PlanWish } from '../../../src/safety/plan/plan-wish.ts'
import { parsePolicy } from '../../../src/safety/policy/parse-policy.ts'
import type { Policy } from '../../../src/safety/policy/policy.ts'
import { controlledClock, type ControlledClock } from '../../journal/support/controlled-clock.ts'
import { person } from '../../journal/support/events.ts'
import { listStore, type ListStore } from '../../journal/support/list-store.ts'
import { seededRandomness } from '../../safety/confirmation/support/seeded-randomness.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { memoryCluster, type MemoryCluster, type MemorySketch } from '../../safety/support/memory-cluster.ts'
import { rowOf, scanOf } from '../../safety/support/scan-of.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { FRAME, wishOf } from '../../safety/support/wish-of.ts'

/** The use-cases' ports over a real journal and a cluster in memory; nothing of ours is mocked. */
export interface AppWorld {
  readonly ports: AppPorts
  readonly journal: Journal
  readonly store: ListStore
  readonly clock: ControlledClock
  readonly cluster: MemoryCluster
  /** Which executions a worker was started for. */
  readonly launched: ExecutionId[]
  readonly leases: Map<ExecutionId, Lease>
  /** What the operator's file holds from now on; null: none was named. */
  readonly policyFile: (text: string | null | Problem) => void
  /** What becomes of the next connection to the cluster. */
  readonly connectAs: (cluster: MemoryCluster | Problem, source?: Source) => void
  readonly launches: (outcome: Result<null>) => void
  /** Makes the plan of two workloads that the program would make now, and puts it on record. */
  readonly plan: (more?: Partial<PlanWish>) => Promise<PlanView>
  readonly view: (id?: string) => Promise<PlanView>
  readonly tell: (event: JournalEvent, payload?: unknown) => Promise<void>
}

export const WORKLOADS: readonly KubeObject[] = [liveObject(), liveObject({ name: 'api', uid: 'uid-2' })]
export const sameCluster = (sketch: MemorySketch = {}, objects: readonly KubeObject[] = WORKLOADS): MemoryCluster =>
  memoryCluster(objects, sketch)
export const policyOf = (text: string): Policy => valueOf(parsePolicy(text))
export const OPEN_SHOP = 'client_namespaces: [shop]\n'
const NOT_HERE = failed(problem('api_error', 'This test does not scan.', 'Nothing.'))

interface Hands {
  cluster: MemoryCluster | Problem
  source: Source
  policy: Result<Policy | null>
  launch: Result<null>
}

function access({ cluster, source }: Hands): Result<ClusterAccess> {
  if ('reason' in cluster) return failed(cluster)
  const none = () => Promise.resolve(NOT_HERE)
  const reader = { ...cluster.ports.objects, workloads: none, autoscalers: none, pods: none }
  return ok({ name: 'production', source, reader, dryRunner: cluster.ports.dryRunner })
}

export function appWorld(): AppWorld {
  const [store, clock, cluster] = [listStore(), controlledClock(), sameCluster()]
  const journal = openJournal(store, clock)
  const hands: Hands = { cluster, source: 'live', policy: ok(null), launch: ok(null) }
  const launched: ExecutionId[] = []
  const leases = new Map<ExecutionId, Lease>()
  const ports: AppPorts = {
    journal,
    clock,
    random: seededRandomness('app'),
    actor: person,
    settings: FRAME.settings,
    tokenValidFor: minutes(5),
    stateDir: '/the/state',
    command: 'krr-mcp --state-dir /the/state',
    leases: {
      beat: (lease) => Promise.resolve((leases.set(lease.execution, lease), ok(null))),
      read: (id) => Promise.resolve(ok(leases.get(id))),
    },
    launcher: { launch: (id) => Promise.resolve((launched.push(id), hands.launch)) },
    cluster: () => Promise.resolve(access(hands)),
    usage: () => Promise.resolve(NOT_HERE),
    policyFile: () => Promise.resolve(hands.policy),
  }
  const view = async (id?: string): Promise<PlanView> => valueOf(await loadPlan(id, ports))
  return {
    ports,
    journal,
    store,
    clock,
    cluster,
    launched,
    leases,
    view,
    policyFile(text) {
      if (typeof text === 'string') hands.policy = parsePolicy(text)
      else hands.policy = text === null ? ok(null) : failed(text)
    },
    connectAs(next, source = 'live') {
      hands.cluster = next
      hands.source = source
    },
    launches: (outcome) => void (hands.launch = outcome),
    async plan(more = {}) {
      const made = await freshPlan({ at: clock.now().wall, ...more }, cluster)
      valueOf(await recordPlan(made, { name: 'production' }, ports))
      return await view(made.plan.id)
    },
    async tell(event, payload) {
      const draft = { actor: person, event, ...(payload === undefined ? {} : { payload }) }
      valueOf(await journal.append(() => ok({ drafts: [draft], value: null })))
    },
  }
}

export async function freshPlan(more: Partial<PlanWish>, cluster: MemoryCluster): Promise<DigestedPlan> {
  const rows = [rowOf(), rowOf({ row: 2, name: 'api', uid: 'uid-2' })]
  return valueOf(await makePlan(wishOf(scanOf(rows), more), cluster.ports))
}

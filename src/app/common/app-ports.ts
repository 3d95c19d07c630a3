import type { Actor } from '../../model/actor.ts'
import type { Source } from '../../model/cluster.ts'
import type { Millis } from '../../model/time.ts'
import type { Result } from '../../model/result.ts'
import type { Journal } from '../../journal/journal.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ObjectReader, ScanReader } from '../../ports/cluster-reader.ts'
import type { DryRunner } from '../../ports/dry-runner.ts'
import type { KrrEngine } from '../../ports/krr-engine.ts'
import type { LeaseStore } from '../../ports/lease-store.ts'
import type { Randomness } from '../../ports/randomness.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import type { WorkerLauncher } from '../../ports/worker-launcher.ts'
import type { Policy } from '../../safety/policy/policy.ts'
import type { PlanSettings } from '../../safety/plan/plan-wish.ts'

/** The one cluster that the operator pinned, as the model-facing side may use it: it can look and try, not write. */
export interface ClusterAccess {
  readonly name: string
  readonly source: Source
  readonly reader: ScanReader & ObjectReader
  readonly dryRunner: DryRunner
}

/** What the use-cases of agents and operators work with. Connections are made when first needed. */
export interface AppPorts {
  readonly journal: Journal
  readonly leases: LeaseStore
  readonly clock: Clock
  readonly random: Randomness
  readonly launcher: WorkerLauncher
  readonly actor: Actor
  readonly cluster: () => Promise<Result<ClusterAccess>>
  readonly usage: () => Promise<Result<UsageReader>>
  /** The installed krr, where the operator chose it to compute the numbers; else we do. */
  readonly krr?: () => Promise<Result<KrrEngine>>
  /** The operator's policy file as it is now; null where none was named. */
  readonly policyFile: () => Promise<Result<Policy | null>>
  readonly settings: PlanSettings
  /** How long a token can be used after it was collected. */
  readonly tokenValidFor: Millis
  readonly stateDir: string
  /** `krr-mcp` with the flags that reach this very journal: commands that a person can paste begin with it. */
  readonly command: string
}

import type { Actor } from '../../model/actor.ts'
import type { PlanId } from '../../model/ids.ts'
import type { ResourceName, ResourcePart } from '../../model/plan.ts'
import type { Scan } from '../../model/recommendation.ts'
import type { Millis, WallMillis } from '../../model/time.ts'
import type { DryRunner } from '../../ports/dry-runner.ts'
import type { ObjectReader } from '../../ports/cluster-reader.ts'
import type { Policy } from '../policy/policy.ts'

/** What may be changed, field by field: a person who asks for requests must not get limits. */
export type FieldChoice = `${ResourceName}_${ResourcePart}`
export const DEFAULT_CHOICE: readonly FieldChoice[] = Object.freeze(['cpu_requests', 'memory_requests'])

/** What a plan takes over from configuration; all of it is in the plan and shown. */
export interface PlanSettings {
  readonly openFor: Millis
  readonly executionDeadline: Millis
  readonly soak: Millis
  readonly rolloutDeadline: Millis
  readonly undoOnFailure: boolean
}

/** What every plan needs, whatever its purpose. Time and ids come in: the same wish on the same cluster is the same plan. */
export interface PlanFrame {
  readonly policy: Policy
  readonly requester: Actor
  readonly id: PlanId
  readonly at: WallMillis
  /** The hash of the journal's last entry before this plan. */
  readonly journalHead: string
  readonly settings: PlanSettings
}

/** Rows of a scan that somebody wants applied. */
export interface PlanWish extends PlanFrame {
  readonly scan: Scan
  /** Never empty: nothing chosen is an error, not "all". */
  readonly rows: readonly number[]
  readonly only: readonly FieldChoice[]
}

export interface PlanPorts {
  readonly objects: ObjectReader
  readonly dryRunner: DryRunner
}

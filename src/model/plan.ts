import type { Actor } from './actor.ts'
import type { ClusterFingerprint, Source } from './cluster.ts'
import type { ExecutionId, PlanId, ScanId } from './ids.ts'
import type { JsonObject } from './json.ts'
import type { Level } from './level.ts'
import type { Millis, UnixSeconds, WallMillis } from './time.ts'
import type { WorkloadRef } from './workload.ts'

export const FIELD_MANAGER = 'krr-mcp'
/** Our mark on a changed workload (its metadata, never the pod template: that would force a rollout and break ReplicaSet reuse). */
export const ANNOTATION = 'krr-mcp.dev/last-change'

/** A request whose bytes are decided: what was shown, proven and approved is what is sent. `path` has no `dryRun`. */
export interface FrozenRequest {
  readonly method: 'PATCH'
  readonly path: string
  readonly contentType: 'application/json-patch+json'
  readonly body: string
}

export type ResourceName = 'cpu' | 'memory'
export type ResourcePart = 'requests' | 'limits'
export interface FieldChange {
  readonly part: ResourcePart
  readonly resource: ResourceName
  /** Kubernetes quantities; `before` verbatim as the server has it, null = not set. */
  readonly before: string | null
  readonly after: string | null
  readonly why: 'recommended' | 'raised_with_request' | 'restored'
}
export interface ContainerChange {
  readonly container: string
  readonly index: number
  readonly image: string
  /** The `resources` objects before and after, verbatim. */
  readonly before: JsonObject
  readonly after: JsonObject
  readonly fields: readonly FieldChange[]
}

export interface PlanTarget extends WorkloadRef {
  readonly kind: 'Deployment' | 'StatefulSet' | 'DaemonSet'
  readonly uid: string
}
/** One workload: doing and undoing are one value. */
export interface PlanStep {
  readonly step: number
  readonly wave: number
  readonly target: PlanTarget
  readonly changes: readonly ContainerChange[]
  readonly request: FrozenRequest
  readonly undo: FrozenRequest
  readonly podsAffected: number
  readonly restart: boolean
}

export type Verdict = 'pass' | 'note' | 'warn' | 'block' | 'unknown'
/** What one check says about one workload (or about the plan as a whole). `unknown` blocks: its input could not be read. */
export interface CheckResult {
  readonly check: string
  readonly verdict: Verdict
  /** `namespace/deployment/web`, or `plan`. */
  readonly subject: string
  readonly message: string
  readonly next: string
}

/** Settings of verification, all in the plan and shown. */
export interface Verification {
  /** How long the new pods must run well after the rollout. */
  readonly soak: Millis
  /** How long a rollout may take before it counts as failed. */
  readonly rolloutDeadline: Millis
  readonly undoOnFailure: boolean
}

export type Purpose =
  | { readonly kind: 'change'; readonly scan: ScanId; readonly rows: readonly number[] }
  | { readonly kind: 'undo'; readonly execution: ExecutionId }

/** What exactly would happen. Frozen and digested; execution has no choices left to make. */
export interface Plan {
  readonly schema: 1
  readonly id: PlanId
  readonly purpose: Purpose
  readonly cluster: { readonly source: Source; readonly fingerprint: ClusterFingerprint }
  readonly steps: readonly PlanStep[]
  readonly checks: readonly CheckResult[]
  readonly verification: Verification
  readonly leftOut: readonly { readonly row: number; readonly why: string }[]
  readonly policyRevision: string
  readonly requiredLevel: Level
  readonly evidenceDigest: string
  /** As of when the numbers behind the plan were evaluated; absent where a plan rests on none (an undo). */
  readonly evidenceAt?: UnixSeconds
  readonly journalHead: string
  readonly requester: Actor
  readonly proposedAt: WallMillis
  readonly expiresAt: WallMillis
  readonly executionDeadline: Millis
}

/** A plan with the SHA-256 of its canonical JSON. */
export interface DigestedPlan {
  readonly plan: Plan
  readonly digest: string
}

export const blocks = (check: CheckResult): boolean => check.verdict === 'block' || check.verdict === 'unknown'

import type { Verification } from '../../model/plan.ts'
import type { Tier } from '../../model/verification.ts'
import type { Judgement } from './judgement.ts'
import type { Failure, Waiting } from './judged.ts'

/** How far the verification of one step is. Times are monotonic milliseconds. */
export interface Progress {
  readonly startedAt: number
  /** Of the last look that succeeded. */
  readonly seenAt: number
  readonly soak: { readonly since: number; readonly pods: readonly string[] } | null
  /** Since when, in the soak, not everything is up; null while it is. */
  readonly unreadySince: number | null
}
export type Outcome =
  | { readonly kind: 'verified'; readonly message: string }
  | { readonly kind: 'unverified'; readonly message: string }
  | { readonly kind: 'failed'; readonly tier: Tier; readonly failure: Failure }
  /** The cluster could not be asked: neither good nor bad is known. */
  | { readonly kind: 'unseen'; readonly message: string }
export interface Advance {
  readonly progress: Progress
  readonly outcome?: Outcome
}

/** One query that fails at the wrong moment is no reason to give up. */
const UNSEEN_MS = 30_000
/** Foreign changes come first: what is not ours any more is never undone, however badly it runs. */
const FAILING: readonly Tier[] = ['changes', 'stability', 'health', 'readiness']
/** What names a late rollout best: a pod without a place says more than a counter. */
const LATE: readonly Tier[] = ['stability', 'readiness', 'changes', 'health']

export const beginProgress = (at: number): Progress => ({ startedAt: at, seenAt: at, soak: null, unreadySince: null })

/** The progress after a look that failed: never a pass, and for a while no verdict either. */
export function advanceUnseen(progress: Progress, at: number, { rolloutDeadline, soak }: Verification): Advance {
  const deadline = progress.startedAt + rolloutDeadline
  const end = progress.soak ? Math.max(deadline, progress.soak.since + soak) : deadline
  if (at < end || at - progress.seenAt < UNSEEN_MS) return { progress }
  const seconds = Math.round((at - progress.seenAt) / 1000)
  const message = `The cluster could not be asked for ${seconds} s, so it is not known how the change runs.`
  return { progress, outcome: { kind: 'unseen', message } }
}

/** The progress after a look, and the outcome once there is one. */
export function advance(progress: Progress, seen: Judgement & { at: number }, limits: Verification): Advance {
  const looked = { ...progress, seenAt: seen.at }
  const failed = failedTier(seen)
  if (failed) return { progress: looked, outcome: failed }
  if (seen.idle !== undefined) return { progress: looked, outcome: { kind: 'unverified', message: seen.idle } }
  return looked.soak ? soaking(looked, seen, limits) : rollingOut(looked, seen, limits)
}

function failedTier(seen: Judgement): Outcome | undefined {
  for (const tier of FAILING) {
    const failure = seen.tiers[tier]
    // Where nothing runs with the values, only somebody else's change can be told; old pods' troubles are not ours.
    if (failure.kind === 'fail' && (seen.idle === undefined || tier === 'changes'))
      return { kind: 'failed', tier, failure: tier === 'health' ? explained(seen, failure) : failure }
  }
  return undefined
}

/** The Deployment's own deadline says that it is late; what still waits says why, and whether resources can be the cause. */
function explained(seen: Judgement, failure: Failure): Failure {
  const late = firstWaiting(seen)
  if (!late) return failure
  return { ...failure, cause: late.waiting.overdue, message: `${failure.message} ${late.waiting.message}` }
}

function firstWaiting({ tiers }: Judgement): { tier: Tier; waiting: Waiting } | undefined {
  for (const tier of LATE) {
    const waiting = tiers[tier]
    if (waiting.kind === 'wait') return { tier, waiting }
  }
  return undefined
}

function overdue(seen: Judgement, ms: number): Outcome | undefined {
  const late = firstWaiting(seen)
  if (!late) return undefined
  const { message, overdue: cause } = late.waiting
  const sentence = `After ${Math.round(ms / 1000)} s still: ${message}`
  return { kind: 'failed', tier: late.tier, failure: { kind: 'fail', cause, message: sentence } }
}

function rollingOut(progress: Progress, seen: Judgement & { at: number }, limits: Verification): Advance {
  if (!firstWaiting(seen)) {
    const soak = { since: seen.at, pods: seen.readyPods }
    return soaking({ ...progress, soak }, seen, limits)
  }
  const outcome = seen.at - progress.startedAt >= limits.rolloutDeadline && overdue(seen, limits.rolloutDeadline)
  return outcome ? { progress, outcome } : { progress }
}

function soaking(before: Progress, seen: Judgement & { at: number }, limits: Verification): Advance {
  const unreadySince = firstWaiting(seen) ? (before.unreadySince ?? seen.at) : null
  const progress = { ...before, unreadySince }
  if (unreadySince !== null) {
    // Not ready for a moment is normal (scaling, a node that drains); for as long as a rollout may take it is not.
    const outcome = seen.at - unreadySince >= limits.rolloutDeadline && overdue(seen, limits.rolloutDeadline)
    return outcome ? { progress, outcome } : { progress }
  }
  if (progress.soak === null || seen.at - progress.soak.since < limits.soak) return { progress }
  const stayed = progress.soak.pods.filter((uid) => seen.readyPods.includes(uid))
  const seconds = Math.round(limits.soak / 1000)
  // Without a pod that ran from the soak's begin to its end, nobody has seen the values hold for that long.
  return stayed.length === 0
    ? { progress, outcome: { kind: 'unverified', message: `No pod ran through the whole soak of ${seconds} s.` } }
    : { progress, outcome: { kind: 'verified', message: `Short soak passed: ${stayed.length} pods ran ${seconds} s.` } }
}

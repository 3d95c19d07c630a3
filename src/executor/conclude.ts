import type { ExecutionStatus } from '../model/status.ts'
import { workloadKey } from '../model/workload.ts'
import type { EndKind, StepEnd } from './step-end.ts'

/** How an execution ended, from how its steps did. */
export interface Conclusion {
  readonly status: ExecutionStatus
  readonly why: string
}

/** A plan with hundreds of workloads must not make a sentence of hundreds. */
const MOST_NAMED = 12

export function conclude(ends: readonly StepEnd[]): Conclusion {
  const status = statusOf(new Set(ends.map(({ kind }) => kind)))
  const named = [...ends].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind)).slice(0, MOST_NAMED)
  const sentences = named.map((end) => `${workloadKey(end.step.target)}: ${end.message}`)
  const more = ends.length > MOST_NAMED ? [`… and ${ends.length - MOST_NAMED} more.`] : []
  return { status, why: [`${summary(ends)}.`, ...sentences, ...more].join(' ') }
}

/** What needs a person most comes first. */
const ORDER: readonly EndKind[] = ['stuck', 'held', 'undone', 'refused', 'not_started', 'unverified', 'verified']

function statusOf(kinds: ReadonlySet<EndKind>): ExecutionStatus {
  if (kinds.has('stuck')) return 'needs_human'
  if (kinds.has('held')) return 'holding'
  const stays = kinds.has('verified') || kinds.has('unverified')
  if (kinds.has('undone')) return stays ? 'partly_applied' : 'rolled_back'
  // Nothing was changed: no word of success fits, and going on needs a new plan.
  if (!stays) return 'holding'
  if (kinds.has('refused') || kinds.has('not_started')) return 'partly_applied'
  return kinds.has('unverified') ? 'unverified' : 'succeeded'
}

const WORDS: Readonly<Record<EndKind, string>> = {
  stuck: 'needing a person',
  held: 'held as they are',
  undone: 'undone',
  refused: 'not written',
  not_started: 'not started',
  unverified: 'written but unverified',
  verified: 'verified',
}

function summary(ends: readonly StepEnd[]): string {
  const counts = ORDER.map((kind) => [kind, ends.filter((end) => end.kind === kind).length] as const)
  const parts = counts.filter(([, count]) => count > 0).map(([kind, count]) => `${count} ${WORDS[kind]}`)
  return `Of ${ends.length} workload${ends.length === 1 ? '' : 's'}: ${parts.join(', ')}`
}

import type { UnreadKind } from '../../../model/observation.ts'
import type { Problem } from '../../../model/problem.ts'
import type { Result } from '../../../model/result.ts'

const MOST = 20
const KNOWN = { api_not_found: 'not_served', api_forbidden: 'forbidden' } as const

export interface KindProblems {
  /** Of whole lists. */
  readonly lists: readonly Problem[]
  /** Of single objects. */
  readonly objects: readonly Problem[]
}

/** What could not be read of a kind, said: one refusal in fifty namespaces is one fact, each lost object is one of its own. */
export function unreadKind(kind: string, { lists, objects }: KindProblems): readonly UnreadKind[] {
  const refusals = [...new Map(lists.map((problem) => [problem.reason, problem])).values()]
  const more = objects.length - MOST
  return [
    ...[...refusals, ...objects.slice(0, MOST)].map(({ reason, message }): UnreadKind => ({
      kind,
      reason: reason === 'api_not_found' || reason === 'api_forbidden' ? KNOWN[reason] : 'error',
      message,
    })),
    ...(more > 0 ? [{ kind, reason: 'error', message: `${more} more could not be read.` } as const] : []),
  ]
}

/** The problem of a kind of which not one list could be read; undefined where one was, or where the server said no or knows no such kind. */
export function nothingRead(lists: readonly Result<unknown>[]): Problem | undefined {
  const failures = lists.flatMap((list) => (list.ok ? [] : [list.problem]))
  const answered = failures.some(({ reason }) => reason === 'api_not_found' || reason === 'api_forbidden')
  return failures.length < lists.length || answered ? undefined : failures[0]
}

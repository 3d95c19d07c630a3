import { problem } from '../model/problem.ts'
import { failed, ok, type Result } from '../model/result.ts'
import { follows, type Head } from './chain.ts'
import { applyChange, type Change } from './change.ts'
import { entryHash, type Entry } from './entry.ts'
import type { JournalState } from './state.ts'
import { transition } from './transition.ts'

const broken = (seq: number, what: string): Result<never> =>
  failed(problem('journal_broken', `Entry ${seq} ${what}`, 'Run `krr-mcp audit verify` and find out who wrote it.'))

function judge(state: JournalState, entry: Entry): Result<Change> {
  try {
    const why = follows(state.head, entry)
    if (why) return failed(why)
    const change = transition(state, entry)
    // A chain that is whole but tells an impossible story was written by something that is not this program.
    return change.ok ? change : broken(entry.seq, `is not a legal step: ${change.problem.message}`)
  } catch {
    // What has not even the shape of an entry was not written by this program either.
    return broken(entry.seq, 'is not a legal step: it cannot be understood.')
  }
}

/** Folds entries into `state`, checking chain and story on the way; the first entry that is wrong is the problem. */
export function replay(state: JournalState, entries: readonly Entry[]): Result<JournalState> {
  for (const entry of entries) {
    const change = judge(state, entry)
    if (!change.ok) return change
    applyChange(state, change.value)
    state.head = { seq: entry.seq, hash: entry.hash }
  }
  return ok(state)
}

/** Whether `entry` is still the one that `head` was read from. */
function isStill(head: Head, entry: Entry | undefined): boolean {
  try {
    return entry?.seq === head.seq && entry.hash === head.hash && entryHash(entry) === head.hash
  } catch {
    return false
  }
}

/**
 * The entries after `head`. The last one known is read again with them: a journal that was cut short or written anew
 * under a running process must stop it, not be built upon.
 */
export async function since(
  head: Head,
  read: (seq: number) => Promise<Result<readonly Entry[]>>,
): Promise<Result<readonly Entry[]>> {
  if (head.seq === 0) return read(0)
  const found = await read(head.seq - 1)
  if (!found.ok) return found
  const [last, ...fresh] = found.value
  return isStill(head, last) ? ok(fresh) : broken(head.seq, 'of the journal, read before, is gone or was altered.')
}

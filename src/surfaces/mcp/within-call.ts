import { problem } from '../../model/problem.ts'
import { failed, type Result } from '../../model/result.ts'

/** Hosts cut calls at 60 s, and some then wedge. Not a second more than a call may take that has nothing to come back to. */
const LONGEST_CALL_MS = 40_000

/** Work that the client's call waits for, stopped with the call or, at the latest, before a host would cut it. */
export async function withinCall<Value>(
  call: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result<Value>>,
  longestMs: number = LONGEST_CALL_MS,
): Promise<Result<Value>> {
  const late = AbortSignal.timeout(longestMs)
  const done = await work(AbortSignal.any([call, late]))
  const tooLate = !done.ok && done.problem.reason === 'cancelled' && late.aborted && !call.aborted
  return tooLate ? failed(notInTime(longestMs)) : done
}

const notInTime = (longestMs: number) =>
  problem(
    'prometheus_unreachable',
    `The cluster or its metrics took longer than ${Math.round(longestMs / 1000)} s to answer.`,
    'Try again later, or ask about less.',
  )

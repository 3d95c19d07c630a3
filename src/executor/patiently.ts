import type { ProblemReason } from '../model/problem.ts'
import type { Result } from '../model/result.ts'
import type { Run } from './run.ts'

const PASSING: readonly ProblemReason[] = ['api_unreachable', 'api_error', 'api_rate_limited', 'api_malformed']
const FIRST_PAUSE_MS = 1_000
const LONGEST_PAUSE_MS = 5_000

/** A problem of the way to the cluster, not an answer about the thing asked for. */
export const isPassing = (reason: ProblemReason): boolean => PASSING.includes(reason)

/** Asks again while only the way there is troubled, for at most `limitMs`; then says what the last try said. */
export async function patiently<Value>(
  { ports, lost }: Run,
  limitMs: number,
  ask: () => Promise<Result<Value>>,
): Promise<Result<Value>> {
  const since = ports.clock.now().monotonic
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    const answer = await ask()
    if (answer.ok || !isPassing(answer.problem.reason) || lost.signal.aborted) return answer
    if (ports.clock.now().monotonic - since + pause > limitMs) return answer
    await ports.clock.sleep(pause)
  }
}

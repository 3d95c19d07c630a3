import { ok, type Result } from '../../model/result.ts'
import type { JournalState } from '../../journal/state.ts'
import type { AppPorts } from './app-ports.ts'

const POLL_MS = 250
/** Hosts cut tool calls at 60 s; no call of ours comes near. */
export const LONGEST_WAIT_SECONDS = 45

export interface Waiting {
  /** What is watched, as a text that changes when there is news. */
  readonly watch: (state: JournalState) => string
  /** What the caller knows: news that came since then is not waited for. */
  readonly before: string
  readonly seconds: number
  readonly signal?: AbortSignal
}

/** Returns as soon as what is watched has changed, or when the time is over. */
export async function waitForChange(
  { watch, before, seconds, signal }: Waiting,
  { journal, clock }: Pick<AppPorts, 'journal' | 'clock'>,
): Promise<Result<null>> {
  const until = clock.now().monotonic + Math.min(seconds, LONGEST_WAIT_SECONDS) * 1000
  const over = (): boolean => clock.now().monotonic >= until || signal?.aborted === true
  for (;;) {
    const now = await journal.state()
    if (!now.ok) return now
    if (over() || watch(now.value) !== before) return ok(null)
    await clock.sleep(POLL_MS, signal)
  }
}

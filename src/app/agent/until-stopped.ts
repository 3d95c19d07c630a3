import { failed, type Result } from '../../model/result.ts'
import { CANCELLED } from '../../recommender/usage-session.ts'

/**
 * The work's result, or `cancelled` at the moment when the signal is given: a cluster that answers slowly must not hold
 * up whoever has stopped waiting. What the work still says after that is nobody's.
 */
export async function untilStopped<Value>(
  work: Promise<Result<Value>>,
  signal: AbortSignal | undefined,
): Promise<Result<Value>> {
  if (signal === undefined) return work
  const stopped = Promise.withResolvers<Result<Value>>()
  const stop = (): void => stopped.resolve(failed(CANCELLED))
  // Its own failure is told by the race, or to nobody.
  work.catch(() => undefined)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  try {
    return await Promise.race([stopped.promise, work])
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

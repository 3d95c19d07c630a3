import type { ServerContext } from '@modelcontextprotocol/server'
import type { Clock } from '../../ports/clock.ts'

const EVERY_MS = 10_000

/** Progress every 10 s until `ended`, so that the client does not take a person's thinking for our death. */
export async function tellProgress({ mcpReq }: ServerContext, clock: Clock, ended: AbortSignal): Promise<void> {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return
  for (let progress = 1; ; progress += 1) {
    await clock.sleep(EVERY_MS, ended)
    if (ended.aborted) return
    const params = { progressToken, progress, message: 'A person is being asked.' }
    await mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
}

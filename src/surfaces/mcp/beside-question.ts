import type { ServerContext } from '@modelcontextprotocol/server'
import { isHeldOpen } from './client-of.ts'

const PROGRESS_EVERY_MS = 10_000

/**
 * What goes on while a 2025-era call is held open by a question: progress every 10 s, so that the client does not take
 * the silence for death, and `gaveUp` when it ends the call. The returned function ends both.
 */
export function besideQuestion(ctx: ServerContext, gaveUp: () => void): () => void {
  if (!isHeldOpen(ctx)) return () => undefined
  const { signal } = ctx.mcpReq
  const token = ctx.mcpReq._meta?.progressToken
  let progress = 0
  const tell = (): void => {
    progress += 1
    const params = { progressToken: token ?? '', progress, message: 'A person is being asked.' }
    ctx.mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  }
  const timer = token === undefined ? undefined : setInterval(tell, PROGRESS_EVERY_MS)
  signal.addEventListener('abort', gaveUp, { once: true })
  return () => {
    clearInterval(timer)
    signal.removeEventListener('abort', gaveUp)
  }
}

import type { ServerContext } from '@modelcontextprotocol/server'
import type { StartedScan } from '../../app/agent/scan.ts'
import type { ScanProgress } from '../../recommender/scan-progress.ts'

const EVERY_MS = 500

/** Tells a client that asked for it where a scan is, at most twice a second; what it returns ends that. */
export function tellScanProgress({ mcpReq }: ServerContext, started: StartedScan): () => void {
  const progressToken = mcpReq._meta?.progressToken
  if (progressToken === undefined) return () => undefined
  let last = Number.NEGATIVE_INFINITY
  let highest = 0
  return started.watch((where) => {
    const now = performance.now()
    const { progress, total } = figures(where)
    // The protocol wants it to grow.
    if (now - last < EVERY_MS || progress <= highest) return
    last = now
    highest = progress
    const params = { progressToken, progress, total, message: message(where) }
    void mcpReq.notify({ method: 'notifications/progress', params }).catch(() => undefined)
  })
}

/** Reading the cluster counts as one. */
function figures(where: ScanProgress): { readonly progress: number; readonly total: number } {
  if (where.phase === 'cluster') return { progress: 1, total: 2 }
  return { progress: 1 + where.answered, total: 1 + Math.max(where.expected, where.answered) }
}

const message = (where: ScanProgress): string =>
  where.phase === 'cluster' ? 'Reading the cluster.' : `${where.answered} of ${where.expected} queries answered.`

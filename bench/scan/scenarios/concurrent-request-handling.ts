import type { Bench, ScenarioResult } from '../bench.ts'
import { startServer, type MeasuredServer } from '../measure/start-server.ts'

const CALLS = [1, 2, 3, 4, 5]
const MOST = 1.5

/**
 * Five scans and five explanations of one server at once, against one such scan alone: scans of the same minute share
 * their answers. Each part has a server of its own, with nothing cached. Throws if a call fails.
 */
export async function concurrent_request_handling(bench: Bench): Promise<ScenarioResult> {
  const alone = await measured(bench, async (server) => void (await server.scan()))
  const together = await measured(bench, async (server, explain) => {
    await Promise.all(CALLS.flatMap(() => [server.scan(), explain()]))
  })
  return {
    scenario: 'concurrent_request_handling',
    size: bench.world.size.name,
    lines: [
      `one scan: ${alone.seconds.toFixed(2)} s, ${alone.queries} queries`,
      `five scans and five explanations at once: ${together.seconds.toFixed(2)} s, ${together.queries} queries; ` +
        `peak RSS of the server ${(together.peakBytes / 1e6).toFixed(0)} MB`,
    ],
    targets: [
      {
        name: `ten at once take at most ${MOST} times one`,
        seen: `${(together.seconds / alone.seconds).toFixed(2)}x`,
        reached: together.seconds <= alone.seconds * MOST,
      },
    ],
    numbers: {
      aloneSeconds: alone.seconds,
      togetherSeconds: together.seconds,
      queriesAlone: alone.queries,
      queries: together.queries,
      peakBytes: together.peakBytes,
    },
  }
}

interface Part {
  readonly seconds: number
  readonly queries: number
  readonly peakBytes: number
}
type Work = (server: MeasuredServer, explain: () => Promise<unknown>) => Promise<void>

async function measured(bench: Bench, work: Work): Promise<Part> {
  const server = await startServer(bench)
  try {
    // Something to explain: a scan of one namespace, which shares no question with the others.
    const [workload] = bench.world.workloads
    const id = await server.scan(workload === undefined ? [] : [workload.namespace])
    bench.proxy.take()
    const since = performance.now()
    await work(server, () => server.call('explain_recommendation', { scan_id: id, row: 1 }))
    const seconds = (performance.now() - since) / 1000
    return { seconds, queries: bench.proxy.take().length, peakBytes: await server.peakBytes() }
  } finally {
    await server.close()
  }
}

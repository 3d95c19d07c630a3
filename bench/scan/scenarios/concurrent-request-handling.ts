import type { Bench, ScenarioResult } from '../bench.ts'
import { startServer } from '../measure/start-server.ts'

const ROWS = [1, 2, 3, 4, 5]

/** Ten calls of one server at once, five scans and five explanations, against the same one after the other. Throws if one fails. */
export async function concurrent_request_handling(bench: Bench): Promise<ScenarioResult> {
  const server = await startServer(bench)
  try {
    const id = await server.scan()
    const explain = async (row: number): Promise<string> =>
      (await server.call('explain_recommendation', { scan_id: id, row })).status
    bench.proxy.take()
    const alone = await timed(async () => {
      for (const row of ROWS) {
        await server.scan()
        await explain(row)
      }
    })
    const queriesAlone = bench.proxy.take().length
    const together = await timed(async () => {
      await Promise.all(ROWS.flatMap((row) => [server.scan(), explain(row)]))
    })
    const queries = bench.proxy.take().length
    const peak = await server.peakBytes()
    return {
      scenario: 'concurrent_request_handling',
      size: bench.world.size.name,
      lines: [
        `one after the other: ${alone.toFixed(2)} s, ${queriesAlone} queries`,
        `ten at once: ${together.toFixed(2)} s, ${queries} queries; peak RSS of the server ${(peak / 1e6).toFixed(0)} MB`,
      ],
      targets: [
        {
          name: 'at once takes no longer than one after the other',
          seen: `${(together / alone).toFixed(2)}x`,
          reached: together <= alone * 1.1,
        },
      ],
      numbers: { aloneSeconds: alone, togetherSeconds: together, queriesAlone, queries, peakBytes: peak },
    }
  } finally {
    await server.close()
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const since = performance.now()
  await work()
  return (performance.now() - since) / 1000
}

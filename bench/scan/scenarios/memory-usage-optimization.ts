import type { Bench, ScenarioResult } from '../bench.ts'
import { startServer } from '../measure/start-server.ts'

const SCANS = 3
const MOST_BYTES = 250e6

/** What a server that lives on holds after one scan, and after more of the same: nothing may pile up. */
export async function memory_usage_optimization(bench: Bench): Promise<ScenarioResult> {
  const server = await startServer(bench)
  try {
    const before = await server.peakBytes()
    const peaks: number[] = []
    for (let scan = 0; scan < SCANS; scan += 1) {
      await server.scan()
      peaks.push(await server.peakBytes())
    }
    const [first = 0] = peaks
    const last = peaks.at(-1) ?? 0
    return {
      scenario: 'memory_usage_optimization',
      size: bench.world.size.name,
      lines: [
        `peak RSS of the server: ${megabytes(before)} at its start, then ${peaks.map(megabytes).join(', ')} after each scan`,
      ],
      targets: [
        { name: 'peak RSS at most 250 MB', seen: megabytes(last), reached: last <= MOST_BYTES },
        {
          name: 'more scans hold at most a tenth more',
          seen: `${(last / first).toFixed(2)}x`,
          reached: last <= first * 1.1,
        },
      ],
      numbers: Object.fromEntries(peaks.map((peak, index) => [`peakBytesAfter${index + 1}`, peak])),
    }
  } finally {
    await server.close()
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`

import type { Bench, ScenarioResult } from '../bench.ts'
import { askFloor } from '../measure/ask-floor.ts'
import type { SeenQuery } from '../measure/open-proxy.ts'
import { scanWithOurs } from '../measure/scan-with-ours.ts'

const SHOWN = 160

/** What each query of a scan costs Prometheus when it is asked alone: where to look when a scan is slow. */
export async function queryCosts(bench: Bench): Promise<ScenarioResult> {
  const seen: SeenQuery[] = []
  const take = (): readonly SeenQuery[] => {
    const taken = bench.proxy.take()
    seen.push(...taken)
    return taken
  }
  await scanWithOurs({ ...bench, proxy: { ...bench.proxy, take } })
  const lines: string[] = []
  for (const query of seen) {
    const { wallSeconds, cpuSeconds } = await askFloor(bench.world.prometheus, [query])
    const text = (query.form['query'] ?? '').replaceAll(/\s+/g, ' ')
    const shown = text.length > SHOWN ? `${text.slice(0, SHOWN)} … (${text.length})` : text
    lines.push(`${wallSeconds.toFixed(3)} s ${cpuSeconds.toFixed(2)} s CPU  ${shown}`)
  }
  return { scenario: 'query_costs', size: bench.world.size.name, lines, targets: [], numbers: {} }
}

import { Agent, request } from 'undici'
import type { MeasuredPrometheus } from '../world/start-measured-prometheus.ts'
import type { Measured } from './measured.ts'
import type { SeenQuery } from './open-proxy.ts'
import { cpuSeconds } from './process-facts.ts'

/** The two that no scan can do without: the peak of memory and the quantile of CPU, of every pod. */
const isHeavy = ({ form: { query = '' } }: SeenQuery): boolean =>
  /^max by \([^)]*\) \(max_over_time\(container_memory_working_set_bytes/.test(query) ||
  query.startsWith('quantile_over_time(')

/** The heavy ones of these, each alone: of a small cluster, several are asked together. */
export const heavyOf = (queries: readonly SeenQuery[]): readonly SeenQuery[] => queries.flatMap(apart).filter(isHeavy)

function apart(seen: SeenQuery): readonly SeenQuery[] {
  const pieces = (seen.form['query'] ?? '').split(/(?:^| or )label_replace\(|, "question", "q\d+", "", ""\)/)
  if (pieces.length < 3) return [seen]
  return pieces.filter((piece) => piece !== '').map((query) => ({ ...seen, form: { ...seen.form, query } }))
}

/** The bare heavy queries of a scan, one after the other, their answers thrown away: no scan can be faster. */
export async function askFloor(prometheus: MeasuredPrometheus, queries: readonly SeenQuery[]): Promise<Measured> {
  const agent = new Agent()
  const before = await cpuSeconds(prometheus.pid)
  const since = performance.now()
  try {
    for (const { path, form } of queries) {
      const answer = await request(`${prometheus.url}${path}`, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-encoding': 'gzip' },
        body: new URLSearchParams(form).toString(),
      })
      if (answer.statusCode !== 200) throw new Error(`Prometheus: ${answer.statusCode} ${await answer.body.text()}`)
      await answer.body.dump({ limit: Number.POSITIVE_INFINITY })
    }
  } finally {
    await agent.destroy()
  }
  const wallSeconds = (performance.now() - since) / 1000
  return { wallSeconds, queries: queries.length, cpuSeconds: (await cpuSeconds(prometheus.pid)) - before }
}

import type { Bench, ScenarioResult } from '../bench.ts'
import { apiRequests } from '../measure/api-requests.ts'
import type { SeenQuery } from '../measure/open-proxy.ts'
import { startServer, type MeasuredServer } from '../measure/start-server.ts'

interface Cost {
  readonly seconds: number
  readonly queries: readonly SeenQuery[]
  readonly requests: readonly string[]
}

/** The same scan twice in one server: Prometheus is not asked twice. The cluster is listed anew, so that what changed is seen. */
export async function caching_performance(bench: Bench): Promise<ScenarioResult> {
  const server = await startServer(bench)
  try {
    const [first, second] = [await costOf(bench, server), await costOf(bench, server)]
    const owners = second.queries.filter(isAboutOwners).length
    return {
      scenario: 'caching_performance',
      size: bench.world.size.name,
      lines: [lineOf('first', first), lineOf('second', second)],
      targets: [
        { name: 'owners are not asked twice', seen: `${owners} queries`, reached: owners === 0 },
        {
          name: 'nothing of the same minute is asked twice',
          seen: `${second.queries.length} queries`,
          reached: second.queries.length === 0,
        },
        {
          name: 'the second scan is no slower',
          seen: `${(second.seconds / first.seconds).toFixed(2)}x`,
          reached: second.seconds <= first.seconds * 1.1,
        },
      ],
      numbers: {
        firstSeconds: first.seconds,
        secondSeconds: second.seconds,
        firstQueries: first.queries.length,
        secondQueries: second.queries.length,
        firstRequests: first.requests.length,
        secondRequests: second.requests.length,
      },
    }
  } finally {
    await server.close()
  }
}

const isAboutOwners = ({ form: { query = '' } }: SeenQuery): boolean => query.includes('_owner{')

async function costOf(bench: Bench, server: MeasuredServer): Promise<Cost> {
  bench.proxy.take()
  const since = performance.now()
  const requests = await apiRequests(bench, async () => void (await server.scan()))
  return { seconds: (performance.now() - since) / 1000, queries: bench.proxy.take(), requests }
}

const lineOf = (name: string, { seconds, queries, requests }: Cost): string =>
  `${name}: ${seconds.toFixed(2)} s, ${queries.length} queries (${queries.filter(isAboutOwners).length} about owners), ${requests.length} requests to the API server`

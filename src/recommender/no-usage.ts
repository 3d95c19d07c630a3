import { isoTime } from '../model/time.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import type { MetricWindow } from './metric-window.ts'
import { matcher } from './promql/matcher.ts'
import { usageQueries } from './usage/usage-queries.ts'
import type { UsageSession } from './usage-session.ts'

/** Called when no container has a number: undefined when the metrics do know containers in these namespaces. */
export async function noUsage(
  session: UsageSession,
  namespaces: readonly string[],
  window: MetricWindow,
): Promise<UsageProblem | undefined> {
  const promql = usageQueries.anyUsage(matcher('namespace', namespaces) + session.clusterMatcher, window)
  const answer = await session.ask(promql)
  if (!answer.ok) return answer.problem
  if (answer.value.length > 0) return undefined
  const some = namespaces.slice(0, 3).join(', ')
  const where = namespaces.length > 3 ? `${some} and ${namespaces.length - 3} more namespaces` : some
  return {
    reason: 'prometheus_empty',
    message:
      `Prometheus at ${session.origin} has no container metric at all for ${where} in the ${window.duration} before ` +
      `${isoTime(session.at * 1000)}; asked for container_cpu_usage_seconds_total and container_memory_working_set_bytes`,
    next: "check that this is the cluster's own Prometheus and that it scrapes the kubelet's cAdvisor metrics",
    tooMuch: false,
  }
}

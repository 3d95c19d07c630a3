import type { PrometheusConnection } from '../../adapters/prometheus/connect-prometheus.ts'
import { plainText } from '../../model/plain-text.ts'
import { problem, type Problem } from '../../model/problem.ts'
import type { ClusterLabel } from '../../model/recommendation.ts'

const MOST_NAMED = 10

/** A cluster that the Prometheus does not know would look like a cluster without usage. */
export async function checkClusterLabel(
  usage: PrometheusConnection,
  { name, value }: ClusterLabel,
): Promise<Problem | undefined> {
  const values = await usage.labelValues(name)
  if (!values.ok) return values.problem
  if (values.value.includes(value)) return undefined
  const known = values.value.slice(0, MOST_NAMED).map((each) => plainText(each, 80))
  const more = values.value.length > known.length ? ` and ${values.value.length - known.length} more` : ''
  return problem(
    'prometheus_cluster_unknown',
    known.length === 0
      ? `No series in ${usage.origin} has the label ${name}.`
      : `No series in ${usage.origin} has ${name}="${plainText(value, 80)}"; the values are ${known.join(', ')}${more}.`,
    'Correct --prometheus-label and -l (--prometheus-cluster-label).',
  )
}

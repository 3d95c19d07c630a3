import type { Json } from '../../model/json.ts'
import type { KubeObject } from '../../model/observation.ts'
import type { ContainerChange } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { finding, type Check, type Finding } from './check.ts'
import { look, lookList, lookNumber, lookText } from './look.ts'
import type { Snapshot } from './snapshot.ts'

/** What an autoscaler measures; a container of null means all of them. */
interface Metric {
  readonly resource: string
  readonly container: string | null
  /** Percent of the request, or null where the target does not depend on the request. */
  readonly utilization: number | null
}

function metricOf(metric: Json): Metric | undefined {
  const kind = lookText(metric, 'type')
  if (kind !== 'Resource' && kind !== 'ContainerResource') return undefined
  const source = look(metric, kind === 'Resource' ? 'resource' : 'containerResource')
  const relative = lookText(source, 'target', 'type') === 'Utilization'
  return {
    resource: lookText(source, 'name') ?? '',
    container: kind === 'ContainerResource' ? (lookText(source, 'container') ?? null) : null,
    utilization: relative ? (lookNumber(source, 'target', 'averageUtilization') ?? Number.NaN) : null,
  }
}

function metricsOf(autoscaler: KubeObject): readonly Metric[] {
  const metrics = lookList(autoscaler, 'spec', 'metrics')
  // Without metrics the API's default is 80 % of the CPU request.
  if (metrics.length === 0) return [{ resource: 'cpu', container: null, utilization: 80 }]
  return metrics.map((metric) => metricOf(metric)).filter((each) => each !== undefined)
}

const touches = (metric: Metric, changes: readonly ContainerChange[]): boolean =>
  changes.some(
    ({ container, fields }) =>
      (metric.container === null || metric.container === container) &&
      fields.some((field) => field.part === 'requests' && field.resource === metric.resource),
  )

function saysOf(autoscaler: KubeObject, metric: Metric): Finding {
  const name = quoted(lookText(autoscaler, 'metadata', 'name') ?? '?')
  const [min, max] = [lookNumber(autoscaler, 'spec', 'minReplicas') ?? 1, lookNumber(autoscaler, 'spec', 'maxReplicas')]
  const range = `${min} to ${max ?? '?'} replicas`
  const what = quoted(metric.resource)
  return metric.utilization === null
    ? finding(
        'note',
        `Autoscaler ${name} (${range}) scales on an absolute ${what} value: the request does not move it.`,
        '',
      )
    : finding(
        'block',
        `Autoscaler ${name} (${range}) keeps ${what} at ${metric.utilization} % of the request: another request makes it add or remove pods by itself.`,
        `Leave out the ${what} request of this workload, or give the autoscaler another target first.`,
      )
}

function find({ autoscalers, target, changes }: Snapshot): readonly Finding[] {
  if (autoscalers.kind === 'not_served') return []
  // What could not be read may be the autoscaler that spirals: not knowing is no pass.
  if (autoscalers.kind === 'unreadable')
    return [
      finding(
        'unknown',
        `The autoscalers of this namespace could not be read: ${quoted(autoscalers.why, 400)}`,
        'Allow "list" on horizontalpodautoscalers.autoscaling, then preview again.',
      ),
    ]
  const ours = autoscalers.items.filter(
    (each) =>
      lookText(each, 'spec', 'scaleTargetRef', 'kind') === target.kind &&
      lookText(each, 'spec', 'scaleTargetRef', 'name') === target.name,
  )
  return ours.flatMap((each) =>
    metricsOf(each)
      .filter((metric) => touches(metric, changes))
      .map((metric) => saysOf(each, metric)),
  )
}

export const autoscaler: Check = {
  name: 'autoscaler',
  verdict: 'block',
  why: 'A HorizontalPodAutoscaler measures usage as a share of the request. Lower the request and it adds pods, up to the maximum; raise it and it removes pods that were needed.',
  find,
}

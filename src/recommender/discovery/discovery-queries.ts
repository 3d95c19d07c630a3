import type { WorkloadKind } from '../../model/workload.ts'
import type { MetricWindow } from '../metric-window.ts'
import { taggedUnion } from '../promql/tagged-union.ts'
import { POD_OWNER_RULES } from './pod-owner-rule.ts'

/**
 * krr asks these per container and reads two weeks of samples to see label names; asked once with `group`, the answer
 * has each name once. `selector` names the namespaces.
 */
export const discoveryQueries = {
  /** Sets and jobs of the workloads; undefined where every kind owns its pods itself. */
  owned(kinds: ReadonlySet<WorkloadKind>, selector: string, window: MetricWindow): string | undefined {
    const byMetric = new Map<string, { label: string; kinds: string[] }>()
    for (const kind of kinds) {
      const { through } = POD_OWNER_RULES[kind]
      if (!through) continue
      const entry = byMetric.get(through.metric) ?? { label: through.label, kinds: [] }
      byMetric.set(through.metric, { label: entry.label, kinds: [...entry.kinds, kind] })
    }
    if (byMetric.size === 0) return undefined
    return [...byMetric]
      .map(([metric, { label, kinds: owners }]) => {
        const series = `${metric}{owner_kind=~"${owners.join('|')}", ${selector}}[${window.owners}]`
        return `group by (namespace, owner_kind, owner_name, ${label}) (last_over_time(${series}))`
      })
      .join(' or ')
  },
  /** Pods of the window with their owners, deleted ones too. */
  pods: (selector: string, window: MetricWindow): string =>
    `group by (namespace, owner_kind, owner_name, pod) (last_over_time(kube_pod_owner{${selector}}[${window.owners}]))`,
  /** Which pods run now, and under which UID the metrics know the pods of now. */
  present: (selector: string): string =>
    taggedUnion({
      running: `group by (namespace, pod) (kube_pod_status_phase{phase="Running", ${selector}} == 1)`,
      uid: `group by (namespace, pod, uid) (kube_pod_info{uid!="", ${selector}})`,
    }),
} as const

export type EngineName = 'VictoriaMetrics' | 'Thanos' | 'Mimir' | 'Prometheus'

/** How one engine is recognised, and how its Prometheus API is spoken to. */
export interface Engine {
  readonly name: EngineName
  readonly groups: readonly SelectorGroup[]
  /** Its tenants are told apart by a header, and this one is meant where none is named. */
  readonly tenant?: string
  /** More parameters of every query. */
  readonly params?: Readonly<Record<string, string>>
}
export interface SelectorGroup {
  readonly selectors: readonly string[]
  /** What comes before `/api/v1`. */
  readonly prefix: string
}

/** krr's engines and selectors, in krr's order. */
export const ENGINES: readonly Engine[] = [
  {
    name: 'VictoriaMetrics',
    groups: [
      { selectors: ['app.kubernetes.io/name=vmsingle', 'app.kubernetes.io/name=victoria-metrics-single'], prefix: '' },
      {
        selectors: ['app.kubernetes.io/name=vmselect', 'app.kubernetes.io/component=vmselect', 'app=vmselect'],
        prefix: '/select/0/prometheus',
      },
    ],
  },
  {
    name: 'Thanos',
    groups: [
      {
        selectors: [
          'app.kubernetes.io/component=query,app.kubernetes.io/name=thanos',
          'app.kubernetes.io/name=thanos-query',
          'app=thanos-query',
          'app=thanos-querier',
        ],
        prefix: '',
      },
    ],
    // Replicas as one series, an error where a store is missing, and no downsampled data, which has lost its peaks.
    params: { dedup: 'true', partial_response: 'false', max_source_resolution: '0s' },
  },
  {
    name: 'Mimir',
    groups: [
      {
        selectors: ['app.kubernetes.io/name=mimir,app.kubernetes.io/component=query-frontend'],
        prefix: '/prometheus',
      },
    ],
    tenant: 'anonymous',
  },
  {
    name: 'Prometheus',
    groups: [
      {
        selectors: [
          'app=kube-prometheus-stack-prometheus',
          'app=prometheus,component=server',
          'app=prometheus-server',
          'app=prometheus-operator-prometheus',
          'app=rancher-monitoring-prometheus',
          'app=prometheus-prometheus',
          'app.kubernetes.io/name=prometheus,app.kubernetes.io/component=server',
          'app=stack-prometheus',
        ],
        prefix: '',
      },
    ],
  },
]

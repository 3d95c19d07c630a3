import { json, type Reply } from '../../adapters/kubernetes/support/fake-api.ts'
import type { StandInCluster } from './stand-in-cluster.ts'
import type { Say } from './stand-in-metrics.ts'

export const SERVICE = 'monitoring/prometheus:80'
const QUERY = '/api/v1/namespaces/monitoring/services/prometheus:80/proxy/api/v1/query'

/** Puts a Prometheus behind the stand-in's API server: a service, asked through its proxy. */
export function metricsInCluster({ answers }: StandInCluster, say: Say): void {
  const service = {
    metadata: { name: 'prometheus', namespace: 'monitoring' },
    spec: { clusterIP: '10.0.0.1', ports: [{ name: 'http', port: 80 }] },
  }
  answers.set('/api/v1/namespaces/monitoring/services', json(200, { items: [service] }))
  const proxied: Reply = (response, { method, path, headers }) => {
    const { pathname, searchParams: form } = new URL(path, 'http://proxy')
    say(response, { method, path: pathname, headers, form }, 0)
  }
  answers.set(QUERY, proxied)
  answers.set(`${QUERY}_range`, proxied)
}

import type { KrrRow, LostQuery } from '../../ports/krr-engine.ts'

const DISCOVERY = /\bkube_(replicaset_owner|replicationcontroller_owner|job_owner|pod_owner|pod_status_phase)\{/
const OOM = /\bkube_pod_container_status_last_terminated_reason\{/

/**
 * Why a row's numbers may be too low, or undefined. krr takes a query that failed for "nothing there": without its pods of
 * the past it sizes by those of today, and without its OOM kills it leaves them out. (Without usage it gives no number,
 * which is safe.)
 */
export function lostForRow(row: KrrRow, lost: readonly LostQuery[]): string | undefined {
  const about = lost.filter(({ promql }) => promql.includes(`namespace="${row.namespace}"`))
  const withoutPast = row.pods.length === 0 || row.warnings.includes('NoPrometheusPods')
  const pods = withoutPast ? about.find(({ promql }) => DISCOVERY.test(promql)) : undefined
  if (pods) return `krr could not ask which pods there were, and does not say so: ${pods.why}`
  const kills = about.find(({ promql }) => OOM.test(promql) && promql.includes(`container="${row.container}"`))
  return kills && `krr could not ask for OOM kills, and does not say so: ${kills.why}`
}

import type { Finding } from './compare/compare-answers.ts'
import type { WorldPlan } from './world/world-plan.ts'

/** Only the workloads that differ; undefined where that is about the scan as a whole, or already all of them. */
export function smallerWorld(plan: WorldPlan, findings: readonly Finding[]): WorldPlan | undefined {
  const rows = findings.flatMap(({ row }) => (row === undefined ? [] : [row]))
  const workloads = plan.workloads.filter(({ kind, namespace, name }) =>
    rows.some((row) => row.startsWith(`${namespace} ${kind.toLowerCase()}/${name}/`)),
  )
  return workloads.length === 0 || workloads.length === plan.workloads.length ? undefined : { ...plan, workloads }
}

import type { Finding } from './compare/compare-answers.ts'
import type { WorldPlan } from './world/world-plan.ts'

/** Only the workloads that differ, and what has their name (a template may be borrowed from it); undefined where that is about the scan as a whole, or already all of them. */
export function smallerWorld(plan: WorldPlan, findings: readonly Finding[]): WorldPlan | undefined {
  const rows = findings.flatMap(({ row }) => (row === undefined ? [] : [row]))
  const differing = plan.workloads.filter(({ kind, namespace, name }) =>
    rows.some((row) => row.startsWith(`${namespace} ${kind.toLowerCase()}/${name}/`)),
  )
  const workloads = plan.workloads.filter(({ namespace, name }) =>
    differing.some((other) => other.namespace === namespace && other.name === name),
  )
  return workloads.length === 0 || workloads.length === plan.workloads.length ? undefined : { ...plan, workloads }
}

import { failed, ok } from '../model/result.ts'
import type { Result } from '../model/result.ts'
import type { UsageProblem } from '../ports/usage-reader.ts'
import type { PodHistory } from './discovery/pod-history.ts'
import type { PodsOfContainer } from './discovery/pods-of-container.ts'
import { expectedQueries } from './expected-queries.ts'
import { noUsage } from './no-usage.ts'
import { planUsage } from './plan-usage.ts'
import type { UsageQuestion } from './plan-usage.ts'
import { gatherUsage } from './usage/gather-usage.ts'
import type { GatheredUsage } from './usage/gather-usage.ts'
import type { UsageSession } from './usage-session.ts'

/** Everything the metrics said about the containers of a scan. */
export interface ReadUsage {
  readonly found: readonly PodsOfContainer[]
  readonly gathered: GatheredUsage
  readonly history: PodHistory
}

/** Finds the pods of every container, and reads their usage. */
export async function readUsage(
  session: UsageSession,
  question: UsageQuestion,
): Promise<Result<ReadUsage, UsageProblem>> {
  const planned = await planUsage(session, question)
  if (!planned.ok) return planned
  const { load, history } = planned.value
  session.expect(expectedQueries(load))
  const gathered = await gatherUsage(load)
  if (!gathered.ok) return gathered
  if (!gathered.value.any && load.containers.length > 0) {
    // "No data" in every row reads like a finding about the workloads; here it is one about the metrics.
    const empty = await noUsage(session, question.observed.namespaces, load.needs.window)
    if (empty) return failed(empty)
  }
  return ok({ found: load.containers, gathered: gathered.value, history })
}

import type { PlanStatus } from '../../model/status.ts'
import type { PlanState } from '../../journal/state.ts'
import { ageText } from './age-text.ts'
import { plainTable } from './plain-table.ts'
import { plainText } from '../../model/plain-text.ts'
import type { TextOptions } from './plan-text.ts'
import { someNames } from './some-names.ts'
import { spanText } from './span-text.ts'
import { statusText } from './status-text.ts'

export interface ListedPlan {
  readonly plan: PlanState
  readonly status: PlanStatus
}

const HEAD = ['Plan', 'Status', 'Age', 'Open for', 'Level', 'Cluster', 'Workloads']

/** Plans as a table, one line each. */
export function planListText(plans: readonly ListedPlan[], { now, colour = false }: TextOptions): string {
  const rows = plans.map(({ plan: { id, facts, proposedAt }, status }) => [
    id,
    statusText(status, colour),
    ageText(now - proposedAt.wall),
    spanText(facts.expiresAt - now),
    facts.requiredLevel,
    plainText(facts.clusterName, 40),
    `${facts.purpose === 'undo' ? 'undo of ' : ''}${someNames(facts.steps.map((step) => step.title))}`,
  ])
  return plainTable(HEAD, rows, colour)
}

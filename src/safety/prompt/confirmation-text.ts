import type { Source } from '../../model/cluster.ts'
import { blocks, type Plan } from '../../model/plan.ts'
import { quoted } from '../../model/safe-text.ts'
import { checkLines } from './check-lines.ts'
import { impactLines } from './impact-lines.ts'
import { leftOutLine } from './left-out-line.ts'
import { originLines } from './origin-lines.ts'
import { stepLines } from './step-lines.ts'

/** What a person is shown; everything but the cluster's name and the time comes from the plan. */
export interface Confirmation {
  readonly plan: Plan
  /** The kubeconfig context's name: for people, not trusted. */
  readonly clusterName: string
  /** Milliseconds since 1970. */
  readonly now: number
  readonly source: Source
}

const singleQuoted = (name: string): string => {
  const shown = quoted(name, 120)
  return shown.startsWith('“') ? shown : `'${shown}'`
}

function headingLines({ plan, clusterName, source }: Confirmation): readonly string[] {
  const cluster = singleQuoted(clusterName)
  // Said right under the title: a yes to a demonstration must not be taken for one to a cluster, nor the reverse.
  const demo = source === 'demo' ? ['DEMO: this is a simulated cluster; a yes means nothing anywhere else.'] : []
  return plan.purpose.kind === 'undo'
    ? [
        'UNDO CONFIRMATION',
        ...demo,
        `The following values, changed by execution ${quoted(plan.purpose.execution)}, will be put back on cluster ${cluster}:`,
      ]
    : ['RESOURCE OPTIMIZATION CONFIRMATION', ...demo, `The following changes will be applied to cluster ${cluster}:`]
}

/** Said before anything else: a plan that cannot be approved must not be read as one that waits for a yes. */
const blockedLines = ({ plan }: Confirmation): readonly string[] =>
  plan.checks.some(blocks) ? ['This plan is BLOCKED by its checks (below) and cannot be approved.'] : []

/**
 * The text that a person answers, and whose hash is part of the decision. Made from the plan and nothing else: no word of
 * a model's enters, and no string of the cluster's can make a line of it or look like one, also with the breaks collapsed.
 */
export function confirmationText(confirmation: Confirmation): string {
  const { plan, now } = confirmation
  return [
    ...headingLines(confirmation),
    ...blockedLines(confirmation),
    ...plan.steps.flatMap((step) => stepLines(step)),
    'Impact Analysis:',
    ...impactLines(plan),
    ...checkLines(plan.checks),
    ...leftOutLine(plan),
    ...originLines(plan, now),
  ].join('\n')
}

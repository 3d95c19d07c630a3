import type { DigestedPlan, Plan, PlanStep } from '../../model/plan.ts'
import type { PlanStatus } from '../../model/status.ts'
import { isoTime } from '../../model/time.ts'
import type { PlanState } from '../../journal/state.ts'
import { actorText } from './actor-text.ts'
import { ageText } from './age-text.ts'
import { checkLines } from './check-lines.ts'
import { counted } from './counted.ts'
import { fieldText } from './field-text.ts'
import { plainText } from '../../model/plain-text.ts'
import { spanText } from './span-text.ts'
import { statusText } from './status-text.ts'
import { workloadText } from './workload-text.ts'

export interface ShownPlan extends DigestedPlan {
  readonly state: PlanState
  readonly status: PlanStatus
}
export interface TextOptions {
  /** Milliseconds since 1970. */
  readonly now: number
  /** ANSI colours; only for a terminal that is known to show them. */
  readonly colour?: boolean
}

const MOST_LEFT_OUT = 10

/** A plan for a person: what would change, what the checks say, what a yes needs, how it stands. */
export function planText(shown: ShownPlan, { now, colour = false }: TextOptions): string {
  const { plan, digest, state, status } = shown
  return [
    `Plan ${plan.id}: ${statusText(status, colour)}${phaseText(state)}`,
    `${originText(plan)} ${counted(plan.steps.length, 'workload')} on cluster ${clusterText(state.facts)}.`,
    `Made ${isoTime(plan.proposedAt)} by ${actorText(plan.requester)}, ${ageText(now - plan.proposedAt)} ago; ${openText(plan, now)}.`,
    '',
    ...plan.steps.flatMap(stepLines),
    '',
    ...checkLines(plan.checks),
    ...leftOutLines(plan),
    verificationText(plan),
    `A yes counts at level ${plan.requiredLevel}. Digest ${digest.slice(0, 16)}.`,
  ].join('\n')
}

const clusterText = ({ clusterName, source }: PlanState['facts']): string =>
  `${plainText(clusterName, 80)}${source === 'live' ? '' : ` (${source.toUpperCase()})`}`

const originText = ({ purpose }: Plan): string =>
  purpose.kind === 'undo'
    ? `Puts back what execution ${purpose.execution} changed:`
    : `From scan ${purpose.scan}, row${purpose.rows.length === 1 ? '' : 's'} ${purpose.rows.join(', ')}:`

const openText = ({ expiresAt }: Plan, now: number): string =>
  expiresAt > now ? `open for another ${spanText(expiresAt - now)}` : `it was open until ${isoTime(expiresAt)}`

function phaseText({ phase }: PlanState): string {
  switch (phase.kind) {
    case 'approved':
    case 'refused':
      return `, by ${actorText(phase.decision.by)} at level ${phase.decision.level}`
    case 'stale':
      return `: ${plainText(phase.why, 1000)}`
    case 'applied':
      return ` as ${phase.execution}`
    case 'open':
      return phase.lastOutcome === null ? '' : ` (asked before: ${phase.lastOutcome})`
    case 'blocked':
      return ''
  }
}

function stepLines(step: PlanStep): readonly string[] {
  const restart = step.podsAffected > 1 ? 'restarted one after another' : 'restarted'
  const pods = `${counted(step.podsAffected, 'pod')}, ${step.restart ? restart : 'not restarted'}`
  const heading = `${step.step}  ${workloadText(step.target)}: ${pods}`
  return [
    heading,
    ...step.changes.flatMap(({ container, fields }) => {
      const name = plainText(container, 63)
      return fields.map((field, index) => `   ${(index === 0 ? name : '').padEnd(name.length)}  ${fieldText(field)}`)
    }),
  ]
}

function leftOutLines({ leftOut, purpose }: Plan): readonly string[] {
  if (leftOut.length === 0) return []
  const unit = purpose.kind === 'undo' ? 'step' : 'row'
  const shown = leftOut.slice(0, MOST_LEFT_OUT).map(({ row, why }) => `  ${unit} ${row}: ${plainText(why, 400)}`)
  const more = leftOut.length > MOST_LEFT_OUT ? [`  … and ${leftOut.length - MOST_LEFT_OUT} more`] : []
  return [`Left out: ${leftOut.length}`, ...shown, ...more]
}

function verificationText({ verification, executionDeadline }: Plan): string {
  const { soak, rolloutDeadline, undoOnFailure } = verification
  const failure = undoOnFailure ? 'undone by itself' : 'left for a person'
  return `Verified: a rollout within ${spanText(rolloutDeadline)}, then ${spanText(soak)} of running well; what fails is ${failure}. Nothing is written ${spanText(executionDeadline)} after the start.`
}

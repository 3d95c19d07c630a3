import type { Plan } from '../../model/plan.ts'
import { durationText } from './duration-text.ts'
import { requestTotal } from './request-total.ts'

const GIBIBYTE = 2 ** 30

function total(what: string, value: number, unit: string): string {
  const amount = Number(Math.abs(value).toFixed(3))
  if (amount === 0) return `${what} unchanged`
  return `${what} ${amount} ${unit} ${value > 0 ? 'added' : 'released'}`
}

function restart({ steps }: Plan): string {
  const pods = steps.filter((step) => step.restart).length
  if (pods === steps.length) return 'Yes'
  return pods === 0 ? 'No (no pod is replaced by itself)' : `Yes (${pods} of ${steps.length} workloads)`
}

function onFailure({ verification, purpose }: Plan): string {
  if (!verification.undoOnFailure) return 'if it fails, nothing is undone by itself'
  return purpose.kind === 'undo'
    ? 'if it fails, the values of before are set again'
    : 'if it fails, it is undone by itself'
}

/** What the change means for the cluster, and what happens when it goes wrong. */
export function impactLines(plan: Plan): readonly string[] {
  const { steps, verification } = plan
  const containers = steps.reduce((sum, step) => sum + step.changes.length, 0)
  const pods = steps.reduce((sum, step) => sum + step.podsAffected, 0)
  const [cpu, memory] = [requestTotal(steps, 'cpu'), requestTotal(steps, 'memory') / GIBIBYTE]
  return [
    `- Workloads: ${steps.length} (containers: ${containers})`,
    `- Pods affected: ${pods}`,
    `- Potential restart required: ${restart(plan)}`,
    `- Requests of all replicas together: ${total('CPU', cpu, 'cores')}, ${total('memory', memory, 'GiB')}`,
    `- Verification: the rollout may take ${durationText(verification.rolloutDeadline)}, then it is watched for ${durationText(verification.soak)}; ${onFailure(plan)}`,
    '- Undoing, by itself or on request, needs this machine to be awake and connected to the cluster',
  ]
}

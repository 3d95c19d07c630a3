import type { ContainerLife, Termination } from './container-life.ts'
import type { ContainerRules } from './container-rules.ts'
import { parseQuantity } from './parse-quantity.ts'
import type { Resources } from './pod.ts'

/** What decides a container's next moment. */
export interface ContainerCircumstances {
  readonly rules: ContainerRules
  readonly restartPolicy: 'Always' | 'OnFailure' | 'Never'
  readonly now: number
  /** The first back-off in milliseconds; each one after it is twice as long, up to 32 times. */
  readonly backOff: number
}

/** The container's life one moment later, by its rules alone. */
export function advanceContainer(life: ContainerLife, circumstances: ContainerCircumstances): ContainerLife {
  switch (life.state.kind) {
    case 'running':
      return whileRunning(life, life.state.since, circumstances)
    case 'terminated':
      return life.state.final ? life : restarted(life, life.state.termination, circumstances)
    case 'backing_off':
      return circumstances.now < life.state.until ? life : started(life, circumstances.now)
  }
}

/** Whether the memory limit lies below what the container needs. Without a limit nothing kills it. */
export function lacksMemory(resources: Resources, rules: ContainerRules): boolean {
  const limit = resources.limits?.['memory']
  return limit !== undefined && (parseQuantity(limit) ?? 0) < rules.needsMemory
}

/** The container begins once more. */
export function started(life: ContainerLife, now: number): ContainerLife {
  return { ...life, state: { kind: 'running', since: now }, restarts: life.restarts + 1 }
}

function whileRunning(life: ContainerLife, since: number, circumstances: ContainerCircumstances): ContainerLife {
  const ending = endingOf(life, since, circumstances)
  if (ending === undefined) return life
  const termination: Termination = { ...ending, startedAt: since, finishedAt: circumstances.now }
  const { restartPolicy } = circumstances
  const final = restartPolicy === 'Never' || (restartPolicy === 'OnFailure' && ending.exitCode === 0)
  return { ...life, state: { kind: 'terminated', termination, final } }
}

function endingOf(
  { resources }: ContainerLife,
  since: number,
  { rules, restartPolicy, now }: ContainerCircumstances,
): Pick<Termination, 'reason' | 'exitCode'> | undefined {
  const ran = (now - since) / 1000
  if (lacksMemory(resources, rules) && ran >= rules.oomAfterSeconds) return { reason: 'OOMKilled', exitCode: 137 }
  if (rules.crashLoop && ran >= rules.crashAfterSeconds) return { reason: 'Error', exitCode: 1 }
  if (restartPolicy !== 'Always' && ran >= rules.runSeconds) return { reason: 'Completed', exitCode: 0 }
  return undefined
}

/** Like the kubelet: the first restart comes at once, those after it back off. */
function restarted(
  life: ContainerLife,
  termination: Termination,
  { now, backOff }: ContainerCircumstances,
): ContainerLife {
  const mourned = { ...life, last: termination }
  if (life.restarts === 0) return started(mourned, now)
  const delay = backOff * 2 ** Math.min(life.restarts - 1, 5)
  return { ...mourned, state: { kind: 'backing_off', until: now + delay, delay } }
}

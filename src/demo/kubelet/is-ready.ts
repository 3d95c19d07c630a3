import type { ContainerRecord } from './pod-record.ts'

/** Whether the container has passed its start-up time. */
export function isStarted({ life, rules }: ContainerRecord, now: number): boolean {
  return life.state.kind === 'running' && now - life.state.since >= rules.startSeconds * 1000
}

/** Whether the container counts as ready at this moment. */
export function isReady(container: ContainerRecord, now: number): boolean {
  return isStarted(container, now) && !container.rules.neverReady
}

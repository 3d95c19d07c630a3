import type { PodRecord } from './pod-record.ts'

/** Pending until something runs, and Running until every container has ended for good. */
export function podPhase({ containers }: PodRecord): 'Pending' | 'Running' | 'Succeeded' | 'Failed' {
  if (containers.length === 0) return 'Pending'
  const exitCodes = containers.map(({ life: { state } }) =>
    state.kind === 'terminated' && state.final ? state.termination.exitCode : undefined,
  )
  if (exitCodes.includes(undefined)) return 'Running'
  return exitCodes.every((code) => code === 0) ? 'Succeeded' : 'Failed'
}

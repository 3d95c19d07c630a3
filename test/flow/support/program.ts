import { join } from 'node:path'

/** The built program, as a user runs it. */
const PROGRAM = join(import.meta.dirname, '../../../bin/krr-mcp.js')

/** What every command of one story shares: the cluster, the metrics, the journal. Seconds instead of minutes, said here. */
export interface Installation {
  readonly kubeconfig: string
  readonly prometheusUrl: string
  readonly stateDir: string
  readonly policy?: string
  readonly soakSeconds?: number
  readonly rolloutDeadlineSeconds?: number
  readonly tokenSeconds?: number
  /** Another build of the program, for tests of what a rule is worth. */
  readonly program?: string
}

export const programOf = ({ program = PROGRAM }: Installation): string => program

export function flagsOf(given: Installation): readonly string[] {
  const { kubeconfig, prometheusUrl, stateDir, policy, soakSeconds = 3, rolloutDeadlineSeconds = 30 } = given
  const flags = ['--kubeconfig', kubeconfig, '--prometheus-url', prometheusUrl, '--state-dir', stateDir]
  if (policy !== undefined) flags.push('--policy', policy)
  if (given.tokenSeconds !== undefined) flags.push('--token-lifetime', String(given.tokenSeconds))
  return [...flags, '--soak', String(soakSeconds), '--rollout-deadline', String(rolloutDeadlineSeconds)]
}

/** Nothing of the developer's own set-up reaches a story. */
export const cleanEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: '/nonexistent',
  LANG: 'C.UTF-8',
})

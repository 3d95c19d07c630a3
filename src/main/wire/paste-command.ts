import { shellWord } from '../../model/shell-word.ts'
import { asFlags } from '../../surfaces/options/as-flags.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'

/** What it takes to reach the same journal, policy and cluster as the same person: no metrics, and never a secret. */
export const REACHING = ['kubeconfig', 'context', 'asUser', 'asGroups', 'stateDir', 'policy'] as const

/** `krr-mcp` with what it takes to reach this journal, policy and cluster, ready to paste into a shell. */
export function pasteCommand(
  options: CommonOptions,
  stateDir: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  const flags = asFlags({ ...options, stateDir }, REACHING)
  // A host's environment is not that of the person's terminal: what named the cluster here must name it there.
  const kubeconfig = options.kubeconfig === undefined ? env['KUBECONFIG'] : undefined
  const named = kubeconfig ? [`KUBECONFIG=${shellWord(kubeconfig)}`] : []
  return [...named, 'krr-mcp', ...flags.map(shellWord)].join(' ')
}

import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { IN_CLUSTER } from '../../adapters/kubernetes/kubeconfig/in-cluster.ts'
import { connectKrr } from '../../adapters/krr-cli/connect-krr.ts'
import { krrCommand } from '../../adapters/krr-cli/krr-command.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import type { KrrEngine } from '../../ports/krr-engine.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import type { ConnectedUsage } from './open-prometheus.ts'

/** What krr works with: the very cluster and metrics that we look at. */
export interface KrrSide {
  readonly connection: () => Promise<Result<ClusterConnection>>
  readonly usage: () => Promise<Result<ConnectedUsage>>
}
type Environment = Readonly<Record<string, string | undefined>>

/** The installed krr, pinned to the cluster that was chosen and asking the metrics through us. */
export async function openKrr(
  options: CommonOptions,
  { connection, usage }: KrrSide,
  environment: Environment,
): Promise<Result<KrrEngine>> {
  const command = krrCommand(environment['KRR'])
  if (!command.ok) return command
  // krr's client knows nothing of impersonation: it would look with the rights of whoever runs it.
  if (options.asUser !== undefined || options.asGroups !== undefined) return failed(cannotImpersonate)
  const found = await connection()
  if (!found.ok) return found
  const metrics = await usage()
  if (!metrics.ok) return metrics
  const { context } = found.value
  return ok(
    connectKrr({
      command: command.value,
      environment,
      forward: metrics.value.forward,
      // Always named: left to itself, krr falls back to the cluster that it runs in.
      ...(context === IN_CLUSTER ? {} : { context }),
      ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
    }),
  )
}

const cannotImpersonate = problem(
  'bad_setting',
  'krr cannot act as another user.',
  'Leave out --as and --as-group, or use --engine native.',
)

/** Whether krr is to compute the numbers; a problem where the setting says neither. */
export function wantsKrr({ engine = 'native' }: CommonOptions): Result<boolean> {
  if (engine === 'native' || engine === 'krr') return ok(engine === 'krr')
  return failed(problem('bad_setting', 'engine is neither native nor krr.', 'Give --engine native or --engine krr.'))
}

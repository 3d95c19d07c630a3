import type { KrrCommand } from '../../../src/adapters/krr-cli/krr-command.ts'
import type { Bench } from '../bench.ts'
import { namespacesOf } from '../world/plan-cluster.ts'
import type { Measured } from './measured.ts'
import { runMeasured } from './run-measured.ts'
import { environmentIn } from './scan-with-ours.ts'

export interface KrrMeasured {
  /** Of the namespaces that krr got. */
  readonly measured: Measured
  /** For the whole: wall and CPU time and queries grow with the rows, the start does not. */
  readonly extrapolated: Measured
  readonly share: number
}

/** `krr simple` on the world, or on a part of its namespaces. */
export async function scanWithKrr(bench: Bench, command: KrrCommand): Promise<KrrMeasured> {
  const { world, proxy, folder } = bench
  const all = namespacesOf(world.workloads)
  const share = world.size.krrShare
  const some = share === 1 ? [] : all.slice(0, Math.max(1, Math.round(all.length * share)))
  const startSeconds = await startOf(bench, command)
  const args = [
    'simple',
    '--formatter=json',
    '--logtostderr',
    `--history_duration=${world.size.days * 24}`,
    `--kubeconfig=${world.controlPlane.kubeconfigFile}`,
    `--prometheus-url=${proxy.url}`,
    // Without one of its own, krr sends the kubeconfig's token to Prometheus.
    '--prometheus-auth-header=none',
    ...some.map((namespace) => `--namespace=${namespace}`),
  ]
  const output = await runMeasured(
    { command: [command.file, ...command.words, ...args], environment: environmentOf(folder), folder },
    { proxy, prometheus: world.prometheus },
  )
  const { scans } = JSON.parse(output.stdout) as { readonly scans: readonly unknown[] }
  const measured = { ...output, rows: scans.length }
  const parts = some.length === 0 ? 1 : rowsIn(bench, all) / rowsIn(bench, some)
  return { measured, extrapolated: extrapolate(measured, { parts, startSeconds }), share: 1 / parts }
}

const rowsIn = ({ world }: Bench, namespaces: readonly string[]): number =>
  world.workloads.reduce((sum, each) => sum + (namespaces.includes(each.namespace) ? each.containers.length : 0), 0)

function extrapolate(
  measured: Measured,
  { parts, startSeconds }: { readonly parts: number; readonly startSeconds: number },
): Measured {
  if (parts === 1) return measured
  const { wallSeconds, queries, cpuSeconds } = measured
  return {
    wallSeconds: startSeconds + (wallSeconds - startSeconds) * parts,
    queries: Math.round(queries * parts),
    cpuSeconds: cpuSeconds * parts,
  }
}

async function startOf({ world, proxy, folder }: Bench, command: KrrCommand): Promise<number> {
  const run = {
    command: [command.file, ...command.words, 'version'] as const,
    environment: environmentOf(folder),
    folder,
  }
  return (await runMeasured(run, { proxy, prometheus: world.prometheus })).wallSeconds
}

const environmentOf = (folder: string): Record<string, string> => ({
  ...environmentIn(folder),
  TZ: 'UTC',
  PYTHONHASHSEED: '0',
  NO_COLOR: '1',
  COLUMNS: '400',
  NO_PROXY: '127.0.0.1,localhost',
})

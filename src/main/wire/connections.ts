import { connectDryRunner } from '../../adapters/kubernetes/dry-run/connect-dry-runner.ts'
import type { ClusterConnection } from '../../adapters/kubernetes/kubeconfig/cluster-connection.ts'
import { resolveConnection } from '../../adapters/kubernetes/kubeconfig/resolve-connection.ts'
import { connectReader } from '../../adapters/kubernetes/read/connect-reader.ts'
import type { ClusterAccess } from '../../app/common/app-ports.ts'
import { ok, type Result } from '../../model/result.ts'
import type { ObjectReader } from '../../ports/cluster-reader.ts'
import type { KrrEngine } from '../../ports/krr-engine.ts'
import type { UsageReader } from '../../ports/usage-reader.ts'
import { cachedUsage } from '../../recommender/cached-usage.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import { once } from './once.ts'
import { openKrr } from './open-krr.ts'
import { openPrometheus } from './open-prometheus.ts'
import type { ConnectedUsage } from './open-prometheus.ts'

/** How long a slow API server is waited for. */
export interface Patience {
  readonly timeoutMillis?: number
}

/** Whom to act as, where the operator says so; else what the kubeconfig says. */
function impersonation({ asUser, asGroups = [] }: CommonOptions) {
  const chosen = asUser !== undefined || asGroups.length > 0
  return chosen ? { impersonation: { user: asUser ?? '', groups: asGroups } } : {}
}

type Closer = { close(): Promise<void> }

export interface Connections {
  readonly connection: () => Promise<Result<ClusterConnection>>
  readonly cluster: () => Promise<Result<ClusterAccess>>
  readonly usage: () => Promise<Result<UsageReader>>
  readonly krr: () => Promise<Result<KrrEngine>>
  readonly close: () => Promise<unknown>
}

/** Connections of one process: made when first asked for, closed together. Nothing here can write to a cluster. */
export function connections(options: CommonOptions, patience: Patience): Connections {
  const open: Closer[] = []
  const keep = <Value extends Closer>(value: Value): Value => {
    open.push(value)
    return value
  }
  const connection = once(() =>
    resolveConnection({
      environment: process.env,
      ...(options.kubeconfig === undefined ? {} : { kubeconfig: options.kubeconfig }),
      ...(options.context === undefined ? {} : { context: options.context }),
      ...impersonation(options),
    }),
  )
  const cluster = once(async (): Promise<Result<ClusterAccess>> => {
    const found = await connection()
    if (!found.ok) return found
    const reader = keep(connectReader(found.value, patience))
    const dryRunner = keep(connectDryRunner(found.value, patience))
    return ok({ name: found.value.context, source: 'live', reader, dryRunner })
  })
  const reader = async (): Promise<Result<ObjectReader>> => {
    const found = await cluster()
    return found.ok ? ok(found.value.reader) : found
  }
  const metrics = once(async (): Promise<Result<ConnectedUsage>> => {
    const connected = await openPrometheus(options, { connection, reader }, process.env)
    return connected.ok ? ok(keep(connected.value)) : connected
  })
  // Scans at the same time, and the same scan again, ask the same questions: the server answers each once.
  const usage = once(async (): Promise<Result<UsageReader>> => {
    const connected = await metrics()
    return connected.ok ? ok(cachedUsage(connected.value)) : connected
  })
  const krr = once(() => openKrr(options, { connection, usage: metrics }, process.env))
  return { connection, cluster, usage, krr, close: () => Promise.all(open.map((each) => each.close())) }
}

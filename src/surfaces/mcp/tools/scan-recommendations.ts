import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { ScanRequest } from '../../../app/agent/scan.ts'
import type { AppPorts } from '../../../app/common/app-ports.ts'
import type { ScanId } from '../../../model/ids.ts'
import type { Scan } from '../../../model/recommendation.ts'
import { ok, type Result } from '../../../model/result.ts'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import { tellScanProgress } from '../tell-scan-progress.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'
import { withinCall } from '../within-call.ts'

const names = (most: number) => z.array(z.string().max(253)).max(most)
const inputSchema = z.strictObject({
  scan_id: z.string().max(40).optional().describe('page through this scan instead of scanning'),
  namespaces: names(50).optional().describe('default: all but kube-system'),
  exclude_namespaces: names(50).optional(),
  kinds: names(9).optional(),
  workloads: names(50).optional().describe('names; * matches anything'),
  containers: names(50).optional(),
  selector: z.string().max(500).optional().describe('label selector of workloads'),
  strategy: z.enum(['simple', 'simple_limit', 'usage_aware']).optional(),
  history_hours: z.number().min(1).max(2160).optional(),
  cpu_percentile: z.number().min(1).max(100).optional(),
  memory_buffer_percentage: z.number().min(1).max(1000).optional(),
  points_required: z.number().int().min(1).max(100_000).optional(),
  allow_hpa: z.boolean().optional(),
  use_oomkill_data: z.boolean().optional(),
  estimate_only: z.boolean().optional().describe('only what it would cost'),
  limit: z.number().int().min(1).max(100).optional(),
  offset: z.number().int().min(0).max(100_000).optional(),
})
type Args = z.infer<typeof inputSchema>

/** What the use-case is asked for; whether the strategy has a setting is judged there. */
function requestOf(args: Args): ScanRequest {
  const { namespaces = [], kinds = [], selector, workloads, containers, strategy } = args
  return {
    scope: {
      namespaces,
      kinds,
      ...(args.exclude_namespaces === undefined ? {} : { excludeNamespaces: args.exclude_namespaces }),
      ...(selector === undefined ? {} : { selector }),
      ...(workloads === undefined ? {} : { workloads }),
      ...(containers === undefined ? {} : { containers }),
    },
    ...(strategy === undefined ? {} : { strategy }),
    settings: {
      historyHours: args.history_hours,
      cpuPercentile: args.cpu_percentile,
      memoryBufferPercentage: args.memory_buffer_percentage,
      pointsRequired: args.points_required,
      allowHpa: args.allow_hpa,
      useOomkillData: args.use_oomkill_data,
    },
  }
}

interface Call {
  readonly ports: AppPorts
  readonly ctx: ServerContext
}
type Followed =
  | { readonly kind: 'ended'; readonly result: Result<Scan> }
  | { readonly kind: 'running'; readonly id: ScanId }

/** The result of the scan that is asked for, if it is there in time. */
async function scanOf(args: Args, deps: ToolDeps, { ports, ctx }: Call): Promise<Followed> {
  const { startScan } = await import('../../../app/agent/scan.ts')
  const { loadScan } = await import('../../../app/common/load.ts')
  const known = args.scan_id === undefined ? undefined : deps.scans.find(args.scan_id)
  if (args.scan_id !== undefined && !known) return { kind: 'ended', result: await loadScan(args.scan_id, ports) }
  const started = known ? ok(known) : await startScan(requestOf(args), ports)
  if (!started.ok) return { kind: 'ended', result: started }
  const silent = tellScanProgress(ctx, started.value)
  try {
    const done = await deps.scans.follow(started.value, ctx.mcpReq.signal)
    return done ? { kind: 'ended', result: done } : { kind: 'running', id: started.value.id }
  } finally {
    silent()
  }
}

async function estimated(request: ScanRequest, ports: AppPorts, ctx: ServerContext): Promise<CallToolResult> {
  const { estimate } = await import('../../../app/agent/estimate.ts')
  const { estimateEnvelope } = await import('../../render/estimate-envelope.ts')
  const found = await withinCall(ctx.mcpReq.signal, (signal) => estimate({ ...request, signal }, ports))
  return found.ok ? result(estimateEnvelope(found.value)) : problemResult(found.problem)
}

export function registerScan(deps: ToolDeps): void {
  deps.server.registerTool(
    'scan_recommendations',
    {
      title: 'Scan',
      description: "Compute krr's CPU and memory recommendations for Kubernetes workloads. Returns a scan_id and rows.",
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded('scan_recommendations', deps, async (args: Args, ports, ctx) => {
      if (args.estimate_only === true) return estimated(requestOf(args), ports, ctx)
      const { limit = 10, offset = 0 } = args
      const { scanEnvelope } = await import('../../render/scan-envelope.ts')
      const { runningScanEnvelope } = await import('../../render/running-scan-envelope.ts')
      const followed = await scanOf(args, deps, { ports, ctx })
      if (followed.kind === 'running') return result(runningScanEnvelope(followed.id))
      const scan = followed.result
      return scan.ok ? result(scanEnvelope(scan.value, { limit, offset })) : problemResult(scan.problem)
    }),
  )
}

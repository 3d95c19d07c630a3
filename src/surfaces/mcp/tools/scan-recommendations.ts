import * as z from 'zod'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  scan_id: z.string().max(40).optional().describe('page through this scan instead of scanning'),
  namespaces: z.array(z.string().max(200)).max(50).optional().describe('default: all but kube-system'),
  kinds: z.array(z.string().max(40)).max(9).optional(),
  selector: z.string().max(500).optional().describe('label selector of workloads'),
  history_hours: z.number().min(1).max(2160).optional(),
  cpu_percentile: z.number().min(1).max(100).optional(),
  memory_buffer_percentage: z.number().min(1).max(1000).optional(),
  points_required: z.number().int().min(1).max(100_000).optional(),
  limit: z.number().int().min(1).max(100).optional(),
  offset: z.number().int().min(0).max(100_000).optional(),
})
type Args = z.infer<typeof inputSchema>

function settingsOf(args: Args) {
  const named = {
    historyHours: args.history_hours,
    cpuPercentile: args.cpu_percentile,
    memoryBufferPercentage: args.memory_buffer_percentage,
    pointsRequired: args.points_required,
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
}

export function registerScan(deps: ToolDeps): void {
  deps.server.registerTool(
    'scan_recommendations',
    {
      title: 'Scan',
      description: "Compute krr's CPU and memory recommendations for Kubernetes workloads. Returns a scan_id and rows.",
      inputSchema,
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded(deps, async (args: Args, ports) => {
      const { namespaces = [], kinds = [], selector, limit = 10, offset = 0 } = args
      const { scanEnvelope } = await import('../../render/scan-envelope.ts')
      const { loadScan } = await import('../../../app/common/load.ts')
      const { scanCluster } = await import('../../../app/agent/scan.ts')
      const scope = { namespaces, kinds, ...(selector === undefined ? {} : { selector }) }
      const scan =
        args.scan_id === undefined
          ? await scanCluster({ scope, settings: settingsOf(args) }, ports)
          : await loadScan(args.scan_id, ports)
      return scan.ok ? result(scanEnvelope(scan.value, { limit, offset })) : problemResult(scan.problem)
    }),
  )
}

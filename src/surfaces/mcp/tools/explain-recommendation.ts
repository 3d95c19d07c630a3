import * as z from 'zod'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'
import { withinCall } from '../within-call.ts'

const inputSchema = z.strictObject({
  scan_id: z.string().max(40).optional().describe('default: the newest scan'),
  row: z.number().int().min(1).max(1_000_000),
  over_time: z.boolean().optional().describe('also usage over time and a backtest'),
})

export function registerExplain(deps: ToolDeps): void {
  deps.server.registerTool(
    'explain_recommendation',
    {
      title: 'Explain',
      description: 'Why a row of a scan has its numbers: queries, window, samples, values per pod, rule, peaks, kills.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded('explain_recommendation', deps, async (args: z.infer<typeof inputSchema>, ports, ctx) => {
      const { explainRow } = await import('../../../app/agent/explain.ts')
      const { explainEnvelope, withheldEnvelope } = await import('../../render/explain-envelope.ts')
      const explained = await explainRow({ scan: args.scan_id, row: args.row }, ports)
      if (!explained.ok) return problemResult(explained.problem)
      const { value } = explained
      if (value.kind === 'withheld') return result(withheldEnvelope(value.scan, value.row))
      const { inspectRow } = await import('../../../app/agent/inspect.ts')
      const { scan, row } = value
      const overTime = args.over_time ?? false
      const inspected = await withinCall(ctx.mcpReq.signal, (signal) =>
        inspectRow({ scan, row, overTime, signal }, ports),
      )
      // The scan's own evidence stands without it.
      return result(explainEnvelope(scan, row, inspected.ok ? inspected.value : { problem: inspected.problem.message }))
    }),
  )
}

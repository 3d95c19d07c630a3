import * as z from 'zod'
import { problem } from '../../../model/problem.ts'
import { PROPOSES } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const FIELDS = ['cpu_requests', 'memory_requests', 'cpu_limits', 'memory_limits'] as const
const inputSchema = z.strictObject({
  plan_id: z.string().max(40).optional().describe('read this plan again instead of making one'),
  scan_id: z.string().max(40).optional(),
  rows: z.array(z.number().int().min(1).max(1_000_000)).max(500).optional(),
  only: z.array(z.enum(FIELDS)).max(4).optional().describe('default: the requests'),
})
type Args = z.infer<typeof inputSchema>

const EITHER = problem(
  'nothing_chosen',
  'Say either plan_id (to read a plan) or scan_id and rows (to make one).',
  'Choose rows of a scan; an empty choice never means all.',
)

export function registerPreview(deps: ToolDeps): void {
  deps.server.registerTool(
    'preview_changes',
    {
      title: 'Preview',
      description: 'Make a frozen, checked plan from rows of a scan, tried by the API server. Changes nothing.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: PROPOSES,
    },
    guarded('preview_changes', deps, async ({ plan_id: plan, scan_id: scan, rows, only }: Args, ports) => {
      if ((plan === undefined) === (rows === undefined)) return problemResult(EITHER)
      const { planEnvelope } = await import('../../render/plan-envelope.ts')
      const { loadPlan } = await import('../../../app/common/load.ts')
      const { previewChanges } = await import('../../../app/agent/preview.ts')
      const wish = { scan, rows: rows ?? [], ...(only === undefined ? {} : { only }) }
      const view = plan === undefined ? await previewChanges(wish, ports) : await loadPlan(plan, ports)
      return view.ok ? result(planEnvelope(view.value, ports.command)) : problemResult(view.problem)
    }),
  )
}

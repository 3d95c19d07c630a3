import * as z from 'zod'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  scan_id: z.string().max(40).optional().describe('default: the newest scan'),
  row: z.number().int().min(1).max(1_000_000),
})

export function registerExplain(deps: ToolDeps): void {
  deps.server.registerTool(
    'explain_recommendation',
    {
      title: 'Explain',
      description: 'Why a row of a scan has its numbers: queries, window, samples, values per pod, rule.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded('explain_recommendation', deps, async ({ scan_id: scan, row }: z.infer<typeof inputSchema>, ports) => {
      const { explainRow } = await import('../../../app/agent/explain.ts')
      const { explainEnvelope, withheldEnvelope } = await import('../../render/explain-envelope.ts')
      const explained = await explainRow({ scan, row }, ports)
      if (!explained.ok) return problemResult(explained.problem)
      const { value } = explained
      return result(
        value.kind === 'recommended' ? explainEnvelope(value.scan, value.row) : withheldEnvelope(value.scan, value.row),
      )
    }),
  )
}

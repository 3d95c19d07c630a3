import * as z from 'zod'
import { PROPOSES } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({ execution_id: z.string().min(1).max(40) })

export function registerRollback(deps: ToolDeps): void {
  deps.server.registerTool(
    'rollback_changes',
    {
      title: 'Roll back',
      description:
        'Make the reverse plan of an execution. It needs its own confirmation, like any plan. Changes nothing.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: PROPOSES,
    },
    guarded('rollback_changes', deps, async ({ execution_id: execution }: z.infer<typeof inputSchema>, ports) => {
      const { planRollback } = await import('../../../app/agent/rollback.ts')
      const { planEnvelope } = await import('../../render/plan-envelope.ts')
      const view = await planRollback(execution, ports)
      return view.ok ? result(planEnvelope(view.value, ports.command)) : problemResult(view.problem)
    }),
  )
}

import * as z from 'zod'
import { STOPS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({ execution_id: z.string().min(1).max(40) })

export function registerStop(deps: ToolDeps): void {
  deps.server.registerTool(
    'stop_execution',
    {
      title: 'Stop',
      description: 'Forbid further writes of an execution. Verification and undo of what was written go on.',
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: STOPS,
    },
    guarded('stop_execution', deps, async ({ execution_id: execution }: z.infer<typeof inputSchema>, ports) => {
      const { stopExecution } = await import('../../../app/agent/stop-execution.ts')
      const { executionEnvelope } = await import('../../render/execution-envelope.ts')
      const view = await stopExecution(execution, ports)
      return view.ok ? result(executionEnvelope(view.value, ports.command)) : problemResult(view.problem)
    }),
  )
}

import * as z from 'zod'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import type { ToolDeps } from '../tool-deps.ts'
import { problemResult, result } from '../tool-result.ts'

const inputSchema = z.strictObject({
  execution_id: z.string().max(40).optional().describe('default: a list'),
  wait_seconds: z.number().min(0).max(45).optional().describe('return when there is news'),
})
type Args = z.infer<typeof inputSchema>

export function registerGetExecution(deps: ToolDeps): void {
  deps.server.registerTool(
    'get_execution',
    {
      title: 'Executions',
      description: 'How an execution stands: writes, verification, rollback. Without an id: a list.',
      inputSchema,
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded(
      'get_execution',
      deps,
      async ({ execution_id: execution, wait_seconds: waitSeconds = 0 }: Args, ports, ctx) => {
        const { getExecution, listExecutions } = await import('../../../app/agent/get-execution.ts')
        if (execution === undefined) {
          const { executionListEnvelope } = await import('../../render/execution-list-envelope.ts')
          const listed = await listExecutions(ports)
          return listed.ok ? result(executionListEnvelope(listed.value)) : problemResult(listed.problem)
        }
        const { executionEnvelope } = await import('../../render/execution-envelope.ts')
        const view = await getExecution({ execution, waitSeconds, signal: ctx.mcpReq.signal }, ports)
        return view.ok ? result(executionEnvelope(view.value, ports.command)) : problemResult(view.problem)
      },
    ),
  )
}

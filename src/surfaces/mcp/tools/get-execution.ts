import { isDeepStrictEqual } from 'node:util'
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { AppPorts } from '../../../app/common/app-ports.ts'
import { isFinal } from '../../../model/status.ts'
import { LOOKS } from '../annotations.ts'
import { envelopeSchema } from '../envelope-schema.ts'
import { guarded } from '../guarded.ts'
import { listedSchema } from '../listed-schema.ts'
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
      inputSchema: listedSchema(inputSchema),
      outputSchema: envelopeSchema,
      annotations: LOOKS,
    },
    guarded('get_execution', deps, async (args: Args, ports, ctx) => {
      if (args.execution_id !== undefined) return look(args.execution_id, args.wait_seconds ?? 0, { ports, ctx })
      const { listExecutions } = await import('../../../app/agent/get-execution.ts')
      const { executionListEnvelope } = await import('../../render/execution-list-envelope.ts')
      const listed = await listExecutions(ports)
      return listed.ok ? result(executionListEnvelope(listed.value)) : problemResult(listed.problem)
    }),
  )
}

interface Call {
  readonly ports: AppPorts
  readonly ctx: ServerContext
}

async function look(execution: string, waitSeconds: number, { ports, ctx }: Call): Promise<CallToolResult> {
  const { getExecution } = await import('../../../app/agent/get-execution.ts')
  const { loadExecution } = await import('../../../app/common/load.ts')
  const { executionEnvelope, unchangedEnvelope } = await import('../../render/execution-envelope.ts')
  const before = await loadExecution(execution, ports)
  const view = await getExecution({ execution, waitSeconds, signal: ctx.mcpReq.signal }, ports)
  if (!view.ok) return problemResult(view.problem)
  // Who waited and saw nothing new has read the rest before.
  const waited = waitSeconds > 0 && !isFinal(view.value.execution.status)
  const same = waited && before.ok && isDeepStrictEqual(before.value.execution, view.value.execution)
  return result((same ? unchangedEnvelope : executionEnvelope)(view.value, ports.command))
}

import { randomUUID } from 'node:crypto'
import type { CallToolResult, InputRequiredResult, ServerContext } from '@modelcontextprotocol/server'
import type { AppPorts } from '../../app/common/app-ports.ts'
import { clientName } from './client-of.ts'
import type { ToolDeps } from './tool-deps.ts'
import { problemResult } from './tool-result.ts'

type Answer = CallToolResult | InputRequiredResult
type Handler<Args, Given extends Answer> = (args: Args, ports: AppPorts, ctx: ServerContext) => Promise<Given>

/** What the model is told of a bug: a number to find it by. What it was goes to the log and never to the model. */
async function unexpected(operation: string, error: unknown, { log }: ToolDeps): Promise<CallToolResult> {
  const id = randomUUID()
  await log.bug(operation, id, error)
  const text = `internal_error: Something went wrong in krr-mcp; it is in its log under ${id}. Next: report it with that log entry.`
  return { isError: true, content: [{ type: 'text', text }] }
}

/** Opens the ports for a tool, keeps its bugs from the model, and writes a line to the log. */
export function guarded<Args, Given extends Answer>(
  operation: string,
  deps: ToolDeps,
  handle: Handler<Args, Given>,
): (args: Args, ctx: ServerContext) => Promise<Given | CallToolResult> {
  const answered = async (args: Args, ctx: ServerContext): Promise<Given | CallToolResult> => {
    try {
      const opened = await deps.ports(ctx)
      return opened.ok ? await handle(args, opened.value, ctx) : problemResult(opened.problem)
    } catch (error) {
      return unexpected(operation, error, deps)
    }
  }
  return async (args, ctx) => {
    const since = performance.now()
    const answer = await answered(args, ctx)
    const tookMs = Math.round(performance.now() - since)
    await deps.log.call({ operation, client: clientName(ctx, deps.server), args, answer, tookMs })
    return answer
  }
}

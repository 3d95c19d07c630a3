import { randomUUID } from 'node:crypto'
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import type { AppPorts } from '../../app/common/app-ports.ts'
import type { ToolDeps } from './tool-deps.ts'
import { problemResult } from './tool-result.ts'

type Handler<Args, Answer> = (args: Args, ports: AppPorts, ctx: ServerContext) => Promise<Answer>

/** Opens the ports, and turns a bug into one sentence with a number; what it was goes to the log and never to the model. */
export function guarded<Args, Answer>({ ports }: ToolDeps, handle: Handler<Args, Answer>) {
  return async (args: Args, ctx: ServerContext): Promise<Answer | CallToolResult> => {
    try {
      const opened = await ports(ctx)
      return opened.ok ? await handle(args, opened.value, ctx) : problemResult(opened.problem)
    } catch (error) {
      const id = randomUUID()
      const { pino } = await import('pino')
      pino({ base: { operation: 'tool' } }, pino.destination(2)).error({ id, err: error }, 'a tool failed')
      const text = `internal_error: Something went wrong in krr-mcp; it is in its log under ${id}. Next: report it with that log entry.`
      return { isError: true, content: [{ type: 'text', text }] }
    }
  }
}

import { McpServer, type ServerContext } from '@modelcontextprotocol/server'
import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Result } from '../../model/result.ts'
import { clientName } from './client-of.ts'
import { INSTRUCTIONS } from './instructions.ts'
import { openForms } from './open-forms.ts'
import { questionCodec } from './question-state.ts'
import type { ServerDeps, ToolDeps } from './tool-deps.ts'
import { runningScans } from './running-scans.ts'
import { toolLog } from './tool-log.ts'
import { registerApply } from './tools/apply-recommendations.ts'
import { registerExplain } from './tools/explain-recommendation.ts'
import { registerGetExecution } from './tools/get-execution.ts'
import { registerPreview } from './tools/preview-changes.ts'
import { registerConfirmation } from './tools/request-confirmation.ts'
import { registerRollback } from './tools/rollback-changes.ts'
import { registerScan } from './tools/scan-recommendations.ts'
import { registerStop } from './tools/stop-execution.ts'

/** Opened at the first call, once per connection; what failed is tried again at the next, because people mend things. */
function lazily(deps: ServerDeps, server: McpServer): ToolDeps['ports'] {
  let opening: Promise<Result<AppPorts>> | undefined
  return async (ctx: ServerContext) => {
    opening ??= deps.ports(clientName(ctx, server))
    const opened = await opening
    if (!opened.ok) opening = undefined
    return opened
  }
}

/** The server for one connection. Making it has no side effect: hosts start us just to look. */
export function makeServer(deps: ServerDeps): McpServer {
  const codec = questionCodec()
  const server = new McpServer(
    { name: 'krr-mcp-server', title: 'krr right-sizing', version: deps.version },
    {
      instructions: INSTRUCTIONS,
      requestState: { verify: (state, ctx) => codec.verify(state, ctx) },
    },
  )
  const tools: ToolDeps = {
    server,
    ports: lazily(deps, server),
    forms: openForms(),
    scans: runningScans(),
    log: toolLog(deps.logTo),
  }
  registerScan(tools)
  registerExplain(tools)
  registerPreview(tools)
  registerConfirmation(tools, codec)
  registerApply(tools)
  registerGetExecution(tools)
  registerStop(tools)
  registerRollback(tools)
  return server
}

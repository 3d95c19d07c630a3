import type { McpServer, ServerContext } from '@modelcontextprotocol/server'
import type { AppPorts } from '../../app/common/app-ports.ts'
import type { Result } from '../../model/result.ts'
import type { RunningScans } from './running-scans.ts'
import type { OpenForms } from './open-forms.ts'
import type { LogSink, ToolLog } from './tool-log.ts'

/** What main gives the server. The ports are opened when a tool first needs them: the server starts whatever is missing. */
export interface ServerDeps {
  readonly version: string
  /** `client`: what the client calls itself. */
  readonly ports: (client: string) => Promise<Result<AppPorts>>
  /** Where lines of the log go; stderr unless told. */
  readonly logTo?: LogSink
}

/** What the tools of one connection share. */
export interface ToolDeps {
  readonly server: McpServer
  readonly ports: (ctx: ServerContext) => Promise<Result<AppPorts>>
  readonly forms: OpenForms
  readonly scans: RunningScans
  readonly log: ToolLog
}

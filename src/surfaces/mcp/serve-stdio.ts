import { serveStdio as serve } from '@modelcontextprotocol/server/stdio'
import { makeServer } from './make-server.ts'
import type { ServerDeps } from './tool-deps.ts'

/** Speaks MCP on stdin and stdout, in both protocol eras, until the client closes its end. */
export function serveStdio(deps: ServerDeps): Promise<void> {
  return new Promise((resolve) => {
    serve(() => makeServer(deps))
    process.stdin.once('end', resolve)
    process.stdin.once('close', resolve)
  })
}

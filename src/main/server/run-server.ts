import { compileSchemas } from './plain-schemas.ts'
import { PRODUCT_VERSION } from '../../model/product.ts'
import type { CommonOptions } from '../../surfaces/options/common-options.ts'
import { readOptions } from '../../surfaces/options/read-options.ts'
import { serveStdio } from '../../surfaces/mcp/serve-stdio.ts'

// Three attempts must fit into a tool call, which hosts cut at 60 s.
const PATIENCE = { timeoutMillis: 12_000 }

/** The MCP server on stdin and stdout, until the client goes. What it needs is opened when a tool needs it. */
export async function serveWith(options: CommonOptions): Promise<number> {
  await serveStdio({
    version: PRODUCT_VERSION,
    ports: async (client) => {
      compileSchemas()
      const [{ openApp }, { agent }] = await Promise.all([import('../wire/open-app.ts'), import('../wire/actors.ts')])
      return openApp(options, agent(client), PATIENCE)
    },
  })
  return 0
}

export async function runServer(argv: readonly string[]): Promise<number> {
  const read = readOptions(argv, process.env)
  const [extra] = read.ok ? read.value.positionals : []
  if (read.ok && extra === undefined) return serveWith(read.value.options)
  const message = read.ok ? `serve takes no "${String(extra).slice(0, 40)}".` : read.problem.message
  process.stderr.write(`error: ${message}\nnext: krr-mcp serve --help\n`)
  return 2
}

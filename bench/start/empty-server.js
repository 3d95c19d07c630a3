// The least that a server on the same SDK can do: one tool that does nothing.
import { McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import * as z from 'zod'

serveStdio(() => {
  const server = new McpServer({ name: 'empty', version: '0' })
  server.registerTool('nothing', { inputSchema: z.strictObject({}) }, () => ({ content: [] }))
  return server
})

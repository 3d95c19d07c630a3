import { createRequestStateCodec, inputRequired, inputResponse, McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { randomBytes } from 'node:crypto'
import * as z from 'zod'

// The smallest server that asks a person: what the SDK does with a question, without a line of ours around it.
const codec = createRequestStateCodec<{ asked: string }>({ key: randomBytes(32), bind: (ctx) => ctx.mcpReq.method })
const form = z.object({ answer: z.string().min(1) })

serveStdio(() => {
  const server = new McpServer(
    { name: 'asking', version: '1.0.0' },
    { requestState: { verify: (state, ctx) => codec.verify(state, ctx) } },
  )
  server.registerTool('ask', { inputSchema: z.strictObject({}) }, async (_, ctx) => {
    const state = ctx.mcpReq.requestState<{ asked: string }>()
    if (state === undefined)
      return inputRequired({
        inputRequests: { answer: inputRequired.elicit({ message: 'Type maple.', requestedSchema: form }) },
        requestState: await codec.mint({ asked: 'maple' }, ctx),
      })
    const text = JSON.stringify({ state, response: inputResponse(ctx.mcpReq.inputResponses, 'answer') })
    return { content: [{ type: 'text', text }] }
  })
  return server
})

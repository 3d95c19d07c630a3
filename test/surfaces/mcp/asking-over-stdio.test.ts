import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const SERVER = join(import.meta.dirname, 'support/asking-server.ts')

test.each([
  ['2025-11-25', 'legacy'],
  ['2026-07-28', 'auto'],
] as const)('a question reaches the person, and the answer the tool, over stdio (%s)', async (version, mode) => {
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    { capabilities: { elicitation: { form: {} } }, versionNegotiation: { mode } },
  )
  onTestFinished(() => client.close())
  const seen: string[] = []
  client.setRequestHandler('elicitation/create', async ({ params }) => {
    seen.push(params.message)
    return { action: 'accept', content: { answer: 'maple' } }
  })
  await client.connect(new StdioClientTransport({ command: process.execPath, args: [SERVER] }))
  expect(client.getNegotiatedProtocolVersion()).toBe(version)
  const result = await client.callTool({ name: 'ask', arguments: {} })
  expect(seen).toEqual(['Type maple.'])
  expect(JSON.parse((result.content as { text: string }[])[0]?.text ?? '')).toEqual({
    state: { asked: 'maple' },
    response: { kind: 'elicit', action: 'accept', content: { answer: 'maple' } },
  })
})

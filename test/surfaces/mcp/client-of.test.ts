import type { McpServer, ServerContext } from '@modelcontextprotocol/server'
import { expect, test } from 'vitest'
import { clientName, hasForms, isHeldOpen } from '../../../src/surfaces/mcp/client-of.ts'

type Info = { name?: string; version?: string }
const server = (capabilities?: object, info?: Info): McpServer =>
  ({ server: { getClientCapabilities: () => capabilities, getClientVersion: () => info } }) as never
/** The 2025 era: nothing comes with the call. */
const held = { mcpReq: {} } as unknown as ServerContext
const modern = (clientCapabilities?: object, clientInfo?: Info): ServerContext =>
  ({
    mcpReq: {
      envelope: {
        ...(clientCapabilities && { 'io.modelcontextprotocol/clientCapabilities': clientCapabilities }),
        ...(clientInfo && { 'io.modelcontextprotocol/clientInfo': clientInfo }),
      },
    },
  }) as never

const CAPABILITIES: readonly (readonly [object, boolean])[] = [
  [{}, false],
  [{ elicitation: {} }, true],
  [{ elicitation: { form: {} } }, true],
  [{ elicitation: { form: {}, url: {} } }, true],
  [{ elicitation: { url: {} } }, false],
  [{ sampling: {} }, false],
]
test.each(CAPABILITIES)('%j: forms: %s, in both eras', (capabilities, forms) => {
  expect(hasForms(held, server(capabilities))).toBe(forms)
  expect(hasForms(modern(capabilities), server())).toBe(forms)
})

test('a client of which nothing is known has no forms and no name', () => {
  for (const ctx of [held, modern()]) {
    expect(hasForms(ctx, server())).toBe(false)
    expect(clientName(ctx, server())).toBe('unknown')
  }
})

test('what comes with the call counts before what was said at the beginning', () => {
  const ctx = modern({}, { name: 'now', version: '2' })
  const earlier = server({ elicitation: {} }, { name: 'then', version: '1' })
  expect(hasForms(ctx, earlier)).toBe(false)
  expect(clientName(ctx, earlier)).toBe('now 2')
  expect(clientName(held, earlier)).toBe('then 1')
})

test('a client without a version is known by its name', () => {
  expect(clientName(held, server({}, { name: 'host' }))).toBe('host')
})

test('only the 2025 era holds a call open', () => {
  expect(isHeldOpen(held)).toBe(true)
  expect(isHeldOpen(modern({}))).toBe(false)
})

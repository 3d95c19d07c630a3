import type { McpServer, ServerContext } from '@modelcontextprotocol/server'
import { plainText } from '../../model/plain-text.ts'

interface Envelope {
  readonly 'io.modelcontextprotocol/clientCapabilities'?: {
    readonly elicitation?: { readonly form?: object; readonly url?: object }
  }
  readonly 'io.modelcontextprotocol/clientInfo'?: { readonly name?: string; readonly version?: string }
}

/** The 2026 era sends who and what the client is with each request; the SDK's type for it says nothing. */
const envelopeOf = (ctx: ServerContext): Envelope | undefined => ctx.mcpReq.envelope

/** In the 2025 era a call stays open while a person is asked; in the 2026 era it ends and comes back. */
export const isHeldOpen = (ctx: ServerContext): boolean => envelopeOf(ctx) === undefined

/** Whether the client says that it can show a form. `elicitation: {}` means forms. */
export function hasForms(ctx: ServerContext, server: McpServer): boolean {
  const capabilities =
    envelopeOf(ctx)?.['io.modelcontextprotocol/clientCapabilities'] ?? server.server.getClientCapabilities()
  const elicitation = capabilities?.elicitation
  return elicitation !== undefined && ('form' in elicitation || Object.keys(elicitation).length === 0)
}

/** What the client calls itself: recorded as that, believed in nothing. */
export function clientName(ctx: ServerContext, server: McpServer): string {
  const info = envelopeOf(ctx)?.['io.modelcontextprotocol/clientInfo'] ?? server.server.getClientVersion()
  return info?.name === undefined ? 'unknown' : plainText(`${info.name} ${info.version ?? ''}`, 100).trim()
}

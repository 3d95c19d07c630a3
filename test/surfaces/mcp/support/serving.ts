import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { join } from 'node:path'
import type { Called, Answer, Era, FormAnswer } from '../../../flow/support/assistant.ts'
import { cleanEnvironment } from '../../../flow/support/program.ts'

const PROGRAM = join(import.meta.dirname, '../../../../bin/krr-mcp.js')

/** The built program as a host starts it, with what it wrote to stderr. */
export interface Serving {
  readonly client: Client
  readonly call: (tool: string, args?: Record<string, unknown>) => Promise<Called>
  readonly stderr: () => string
  /** Every `requestState` that came, as a client can read it. */
  readonly states: () => readonly string[]
  readonly close: () => Promise<void>
}
export interface Start {
  readonly era: Era
  readonly flags: readonly string[]
  /** How the host answers a form; absent: it says that it has none. */
  readonly onForm?: (message: string) => FormAnswer | Promise<FormAnswer>
}

export async function startServing({ era, flags, onForm }: Start): Promise<Serving> {
  const client = new Client(
    { name: 'matrix-host', version: '1.0.0' },
    {
      capabilities: onForm ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: era === '2026-07-28' ? 'auto' : 'legacy' },
    },
  )
  if (onForm)
    client.setRequestHandler('elicitation/create', async ({ params }) => (await onForm(params.message)) as never)
  const args = [PROGRAM, 'serve', ...flags]
  const env = cleanEnvironment()
  const transport = new StdioClientTransport({ command: process.execPath, args, env, stderr: 'pipe' })
  let written = ''
  transport.stderr?.on('data', (data) => (written += String(data)))
  await client.connect(transport)
  const states: string[] = []
  const { onmessage } = transport
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- the SDK's transports have no listeners, only this
  transport.onmessage = (message) => {
    const result = 'result' in message ? message.result : {}
    const { requestState } = result as { requestState?: string }
    if (requestState !== undefined) states.push(Buffer.from(requestState.split('.')[1] ?? '', 'base64url').toString())
    onmessage?.(message)
  }
  return {
    client,
    stderr: () => written,
    states: () => states,
    close: () => client.close(),
    call: async (name, given = {}) => {
      const result = await client.callTool({ name, arguments: given })
      const content = result.content as readonly { type: string; text?: string }[]
      const text = content.map((block) => block.text ?? '').join('\n')
      return { isError: result.isError === true, text, answer: result.structuredContent as Answer }
    },
  }
}

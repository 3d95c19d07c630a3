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
  return {
    client,
    stderr: () => written,
    close: () => client.close(),
    call: async (name, given = {}) => {
      const result = await client.callTool({ name, arguments: given })
      const content = result.content as readonly { type: string; text?: string }[]
      const text = content.map((block) => block.text ?? '').join('\n')
      return { isError: result.isError === true, text, answer: result.structuredContent as Answer }
    },
  }
}

import { Client, type CallToolResult, type RequestOptions } from '@modelcontextprotocol/client'
import { onTestFinished } from 'vitest'
import type { Answer, Called, Era, FormAnswer } from '../../../flow/support/assistant.ts'
import type { Room } from './room.ts'
import { serveRoom } from './serve-room.ts'
import { streamTransport } from './stream-transport.ts'

export interface HostSketch {
  readonly era: Era
  /** Absent: a server that cannot open anything. */
  readonly room?: Room
  /** How the host answers a form; absent: it has none. */
  readonly onForm?: (message: string, schema: unknown) => FormAnswer | Promise<FormAnswer>
  readonly speed?: number
}
export interface Host {
  readonly client: Client
  readonly call: (tool: string, args?: Record<string, unknown>, options?: RequestOptions) => Promise<Called>
  readonly log: () => string
}

export const readCalled = (result: CallToolResult): Called => ({
  isError: result.isError === true,
  text: result.content.map((block) => (block.type === 'text' ? block.text : '')).join('\n'),
  answer: result.structuredContent as Answer,
})

/** The SDK's client in front of our server. */
export async function startHost({ era, room, onForm, speed }: HostSketch): Promise<Host> {
  const client = new Client(
    { name: 'host', version: '1.0.0' },
    {
      capabilities: onForm ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: era === '2026-07-28' ? { pin: era } : 'legacy' },
    },
  )
  if (onForm)
    client.setRequestHandler('elicitation/create', async ({ params }) => {
      const { action, content } = await onForm(params.message, 'requestedSchema' in params && params.requestedSchema)
      return content === undefined ? { action } : ({ action, content } as never)
    })
  const served = serveRoom(room, speed)
  await client.connect(streamTransport(served.input, served.output))
  onTestFinished(() => client.close())
  return {
    client,
    log: served.log,
    call: async (name, given = {}, options) => readCalled(await client.callTool({ name, arguments: given }, options)),
  }
}

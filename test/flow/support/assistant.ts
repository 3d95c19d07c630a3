import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { cleanEnvironment, flagsOf, programOf, type Installation } from './program.ts'

export type Era = '2025-11-25' | '2026-07-28'
export const ERAS: readonly Era[] = ['2025-11-25', '2026-07-28']

/** What our tools answer. */
export interface Answer {
  readonly status: string
  readonly headline: string
  readonly cluster: { readonly name: string; readonly source: string } | null
  readonly changed_cluster: 'no' | 'partly' | 'yes' | 'unknown'
  readonly next: readonly unknown[]
  // oxlint-disable-next-line typescript/no-explicit-any -- what a client sees is JSON; the tests say what they expect of it
  readonly data: any
}
export interface Called {
  readonly isError: boolean
  readonly text: string
  readonly answer: Answer
}
export type FormAnswer = { action: 'accept' | 'decline' | 'cancel'; content?: Record<string, unknown> }

/** An assistant's host: a real MCP client that starts our server over stdio. */
export interface Assistant {
  readonly call: (tool: string, args?: Record<string, unknown>) => Promise<Called>
  readonly client: Client
  readonly close: () => Promise<void>
}

export interface Host {
  readonly era: Era
  /** How the host answers a form; absent: it has none. */
  readonly onForm?: (message: string) => FormAnswer | Promise<FormAnswer>
}

export async function startAssistant(installation: Installation, { era, onForm }: Host): Promise<Assistant> {
  const client = new Client(
    { name: 'story-host', version: '1.0.0' },
    {
      capabilities: onForm ? { elicitation: { form: {} } } : {},
      versionNegotiation: { mode: era === '2026-07-28' ? 'auto' : 'legacy' },
    },
  )
  if (onForm)
    client.setRequestHandler('elicitation/create', async (request) => {
      const { action, content } = await onForm(request.params.message)
      return content === undefined ? { action } : ({ action, content } as never)
    })
  const args = [programOf(installation), 'serve', ...flagsOf(installation)]
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args, env: cleanEnvironment(), stderr: 'inherit' }),
  )
  return {
    client,
    close: () => client.close(),
    call: async (name, given = {}) => {
      const result = await client.callTool({ name, arguments: given })
      const content = result.content as readonly { type: string; text?: string }[]
      const text = content.map((block) => block.text ?? '').join('\n')
      return { isError: result.isError === true, text, answer: result.structuredContent as Answer }
    },
  }
}

/** The phrase of a prompt, as a person reads it there. */
export function phraseOf(text: string): string {
  const found = /type exactly:\s+(\S.*\S)/.exec(text)?.[1]
  if (found === undefined) throw new Error(`no phrase in: ${text}`)
  return found
}

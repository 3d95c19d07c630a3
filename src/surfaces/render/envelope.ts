import type { Status } from '../../model/status.ts'

/** What to do next: a tool call for the assistant, or a command for a person to paste. */
export type Next =
  | { readonly tool: string; readonly arguments: Readonly<Record<string, unknown>> }
  | { readonly command: string; readonly for: 'person' }

/** Every tool's result: the same shape, in structured content and in text. */
export interface Envelope {
  readonly status: Status
  /** One sentence, for a person who reads nothing else. */
  readonly headline: string
  readonly cluster: { readonly name: string; readonly source: string } | null
  readonly changed_cluster: 'no' | 'partly' | 'yes' | 'unknown'
  readonly next: readonly Next[]
  readonly data: Readonly<Record<string, unknown>>
}

export const forPerson = (command: string): Next => ({ command, for: 'person' })
export const forTool = (tool: string, args: Readonly<Record<string, unknown>> = {}): Next => ({ tool, arguments: args })

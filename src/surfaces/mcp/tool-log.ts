import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server'
import type { Envelope } from '../render/envelope.ts'

/** The arguments that are ids. Everything else, tokens above all, never gets into a log. */
const IDS = ['scan_id', 'plan_id', 'execution_id'] as const

export interface LoggedCall {
  readonly operation: string
  readonly client: string
  readonly args: unknown
  readonly answer: CallToolResult | InputRequiredResult
  readonly tookMs: number
}

function idsIn(values: unknown): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  if (typeof values !== 'object' || values === null) return found
  for (const id of IDS) {
    const value = (values as Readonly<Record<string, unknown>>)[id]
    if (typeof value === 'string') found[id] = value.slice(0, 40)
  }
  return found
}

/** One line of JSON per tool call on stderr: for whoever runs the server. What happened to a cluster is in the journal. */
export async function logCall({ operation, client, args, answer, tookMs }: LoggedCall): Promise<void> {
  const { pino } = await import('pino')
  const log = pino({ base: { pid: process.pid } }, pino.destination(2))
  const envelope = 'structuredContent' in answer ? (answer.structuredContent as Envelope | undefined) : undefined
  const ids = { ...idsIn(args), ...idsIn(envelope?.data) }
  const status = envelope?.status ?? ('isError' in answer && answer.isError === true ? 'error' : 'asking')
  log.info({ operation, actor: client, cluster: envelope?.cluster?.name, status, ...ids, took_ms: tookMs }, 'tool call')
}

import type { CallToolResult, InputRequiredResult } from '@modelcontextprotocol/server'
import type { Logger } from 'pino'
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
/** Takes lines of JSON. */
export interface LogSink {
  write(line: string): void
}
/** Lines of JSON for whoever runs the server. What happened to a cluster is in the journal. */
export interface ToolLog {
  call(logged: LoggedCall): Promise<void>
  /** A bug, under the id that the model is told. */
  bug(operation: string, id: string, error: unknown): Promise<void>
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

function lineOf({ operation, client, args, answer, tookMs }: LoggedCall): Readonly<Record<string, unknown>> {
  const envelope = 'structuredContent' in answer ? (answer.structuredContent as Envelope | undefined) : undefined
  const ids = { ...idsIn(args), ...idsIn(envelope?.data) }
  const status = envelope?.status ?? ('isError' in answer && answer.isError === true ? 'error' : 'asking')
  return { operation, actor: client, cluster: envelope?.cluster?.name, status, ...ids, took_ms: tookMs }
}

/** To stderr unless told otherwise: stdout is the protocol's. */
export function toolLog(sink?: LogSink): ToolLog {
  let opened: Promise<Logger> | undefined
  const log = (): Promise<Logger> =>
    (opened ??= import('pino').then(({ pino }) => pino({ base: { pid: process.pid } }, sink ?? pino.destination(2))))
  return {
    call: async (logged) => (await log()).info(lineOf(logged), 'tool call'),
    bug: async (operation, id, err) => (await log()).error({ operation, id, err }, 'a tool failed'),
  }
}

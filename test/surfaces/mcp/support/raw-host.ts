import { createInterface } from 'node:readline'
import type { Called, Era } from '../../../flow/support/assistant.ts'
import { readCalled } from './host.ts'
import type { Room } from './room.ts'
import { serveRoom } from './serve-room.ts'

const CAPABILITIES = { elicitation: { form: {} } }
const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': CAPABILITIES,
  'io.modelcontextprotocol/clientInfo': { name: 'raw', version: '1' },
}

export interface Message {
  readonly id?: number
  readonly method?: string
  readonly params?: Readonly<Record<string, unknown>>
  readonly result?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: number; readonly message: string }
}
export interface Begun {
  readonly id: number
  readonly answer: Promise<Message>
}
/** A client that speaks the protocol by hand, so that it can send what no SDK would. */
export interface RawHost {
  readonly begin: (params: object) => Begun
  readonly call: (params: object) => Promise<Message>
  readonly send: (message: object) => void
  /** What the server sent of its own, so far. */
  readonly seen: readonly Message[]
  /** Waits for the `nth` message of the server's own. */
  readonly sees: (method: string, nth?: number) => Promise<Message>
  readonly end: () => void
}

export async function startRawHost(room: Room, era: Era, speed = 1): Promise<RawHost> {
  const { input, output } = serveRoom(room, speed)
  const waiting = new Map<number, (message: Message) => void>()
  const seen: Message[] = []
  const watchers = new Set<() => void>()
  createInterface({ input: output }).on('line', (line) => {
    const message = JSON.parse(line) as Message
    if (message.method === undefined) waiting.get(message.id ?? 0)?.(message)
    else seen.push(message)
    for (const watch of watchers) watch()
  })
  const send = (message: object): void => void input.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  let last = 0
  const ask = (method: string, params: object): Begun => {
    last += 1
    const id = last
    const answer = new Promise<Message>((resolve) => waiting.set(id, resolve))
    send({ id, method, params })
    return { id, answer }
  }
  const begin = (params: object): Begun => ask('tools/call', era === '2026-07-28' ? { ...params, _meta: META } : params)
  if (era === '2025-11-25') {
    const clientInfo = { name: 'raw', version: '1' }
    await ask('initialize', { protocolVersion: era, capabilities: CAPABILITIES, clientInfo }).answer
    send({ method: 'notifications/initialized' })
  }
  return {
    begin,
    send,
    seen,
    call: (params) => begin(params).answer,
    sees: (method, nth = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = seen.filter((message) => message.method === method)[nth - 1]
          if (!found) return
          watchers.delete(look)
          resolve(found)
        }
        watchers.add(look)
        look()
      }),
    end: () => void input.end(),
  }
}

export const calledOf = ({ result }: Message): Called => readCalled(result as never)

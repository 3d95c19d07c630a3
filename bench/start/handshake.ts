/** The two protocol eras that hosts speak. */
export type Era = '2025-11-25' | '2026-07-28'

export interface Message {
  /** Absent from a notification: nobody answers it. */
  readonly id?: number
  readonly method: string
  readonly params?: Readonly<Record<string, unknown>>
}

const clientInfo = { name: 'bench', version: '0' }
const _meta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': clientInfo,
}

/** What a host sends, each after the answer to the one before, until it knows the tools. */
export const HANDSHAKE: Readonly<Record<Era, readonly Message[]>> = {
  '2025-11-25': [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'tools/list', params: {} },
  ],
  '2026-07-28': [
    { id: 1, method: 'server/discover', params: { _meta } },
    { id: 2, method: 'tools/list', params: { _meta } },
  ],
}

/** For what speaks no protocol. */
export const ONE_LINE: readonly Message[] = [{ id: 2, method: 'anything' }]

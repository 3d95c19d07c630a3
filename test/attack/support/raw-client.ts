import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { cleanEnvironment, flagsOf, programOf, type Installation } from '../../flow/support/program.ts'

type Message = Record<string, unknown>

/** A hostile client: speaks JSON-RPC of the 2026 era by hand, so that it can send what no SDK would. */
export interface RawClient {
  readonly call: (params: Message) => Promise<Message>
  readonly close: () => void
}

const META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': { elicitation: { form: {} } },
  'io.modelcontextprotocol/clientInfo': { name: 'hostile', version: '1' },
}

export function rawClient(installation: Installation): RawClient {
  const args = [programOf(installation), 'serve', ...flagsOf(installation)]
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'], env: cleanEnvironment() })
  const waiting = new Map<number, (message: Message) => void>()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as Message
    waiting.get(message['id'] as number)?.(message)
  })
  let id = 0
  return {
    call: (params) =>
      new Promise((resolve) => {
        id += 1
        waiting.set(id, resolve)
        const message = { jsonrpc: '2.0', id, method: 'tools/call', params: { ...params, _meta: META } }
        child.stdin.write(`${JSON.stringify(message)}\n`)
      }),
    close: () => void child.kill(),
  }
}

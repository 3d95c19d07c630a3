import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import { PassThrough } from 'node:stream'
import { onTestFinished } from 'vitest'
import { problem } from '../../../../src/model/problem.ts'
import { failed, ok } from '../../../../src/model/result.ts'
import { makeServer } from '../../../../src/surfaces/mcp/make-server.ts'
import type { ServerDeps } from '../../../../src/surfaces/mcp/tool-deps.ts'
import { roomPorts } from './room-ports.ts'
import type { Room } from './room.ts'

export interface Served {
  /** Lines of JSON to the server, and from it. */
  readonly input: PassThrough
  readonly output: PassThrough
  readonly log: () => string
}

/** Our server in this process, speaking stdio's lines over two streams. Without a room it can open nothing. */
export function serveRoom(room: Room | undefined, speed = 1): Served {
  const [input, output] = [new PassThrough(), new PassThrough()]
  let log = ''
  const ports: ServerDeps['ports'] = async (client) => {
    if (!room)
      return failed(
        problem('state_dir_unsafe', 'The state directory /room can be reached by others.', 'chmod 700 /room'),
      )
    const opened = await roomPorts(room.directory, { kind: 'agent', client, osUser: 'ada' }, speed)
    onTestFinished(() => opened.close())
    return ok(opened)
  }
  const deps = { version: '0.0.0-test', ports, logTo: { write: (line: string) => void (log += line) } }
  const handle = serveStdio(() => makeServer(deps), { transport: new StdioServerTransport(input, output) })
  onTestFinished(() => handle.close())
  return { input, output, log: () => log }
}

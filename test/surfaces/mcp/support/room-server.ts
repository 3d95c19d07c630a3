import { serveStdio } from '../../../../src/surfaces/mcp/serve-stdio.ts'
import { roomPorts } from './room-ports.ts'

// The server of a room as a process of its own, as main would start it.
const [directory = ''] = process.argv.slice(2)
await serveStdio({
  version: '0.0.0-test',
  ports: async (client) => ({ ok: true, value: await roomPorts(directory, { kind: 'agent', client, osUser: 'ada' }) }),
})

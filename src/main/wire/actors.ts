import { hostname, userInfo } from 'node:os'
import type { Actor } from '../../model/actor.ts'

const osUser = (): string => userInfo().username

/** A person at the command line: as far as a process can know. */
export const person = (): Actor => ({ kind: 'person', osUser: osUser(), host: hostname() })
/** What an MCP client calls itself is recorded as that, and trusted for nothing. */
export const agent = (client: string): Actor => ({ kind: 'agent', client: client.slice(0, 100), osUser: osUser() })
export const worker = (): Actor & { kind: 'worker' } => ({
  kind: 'worker',
  pid: process.pid,
  osUser: osUser(),
  host: hostname(),
})

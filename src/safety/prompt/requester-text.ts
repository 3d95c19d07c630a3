import type { Actor } from '../../model/actor.ts'
import { quoted } from '../../model/safe-text.ts'

/** Who asked. A client's name is what it says of itself, and the text says so. */
export function requesterText(actor: Actor): string {
  switch (actor.kind) {
    case 'agent':
      return `an MCP client calling itself ${quoted(actor.client, 60)} (self-reported), as OS user ${quoted(actor.osUser, 60)}`
    case 'person':
      return `OS user ${quoted(actor.osUser, 60)} on ${quoted(actor.host, 100)}, at the command line`
    case 'worker':
      return `the worker of OS user ${quoted(actor.osUser, 60)} on ${quoted(actor.host, 100)}`
  }
}

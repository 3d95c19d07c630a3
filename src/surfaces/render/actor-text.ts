import type { Actor } from '../../model/actor.ts'
import { plainText } from '../../model/plain-text.ts'

/** Who did something: `person alice@host`, `agent "name" of alice`, `worker 4711@host`. A client's name is what it says of itself. */
export function actorText(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return plainText(`person ${actor.osUser}@${actor.host}`, 80)
    case 'agent':
      return `agent "${plainText(actor.client, 40).replaceAll('"', "'")}" of ${plainText(actor.osUser, 40)}`
    case 'worker':
      return plainText(`worker ${actor.pid}@${actor.host}`, 80)
  }
}

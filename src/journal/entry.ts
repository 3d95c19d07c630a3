import type { Actor } from '../model/actor.ts'
import { digestOf } from '../model/hash.ts'
import type { Moment } from '../model/moment.ts'
import type { JournalEvent } from './event.ts'

/** The hash before the first entry. */
export const GENESIS: string = '0'.repeat(64)

/** One line of the journal. `hash` covers everything else in it, and through `previous` everything before it. */
export interface Entry {
  readonly seq: number
  readonly at: Moment
  readonly actor: Actor
  readonly event: JournalEvent
  /** SHA-256 of the payload's text, or null. */
  readonly payload: string | null
  readonly previous: string
  readonly hash: string
}
export type Unhashed = Omit<Entry, 'hash'>

/** SHA-256 over the canonical JSON of everything but the hash itself. */
export const entryHash = ({ seq, at, actor, event, payload, previous }: Unhashed): string =>
  digestOf({ seq, at, actor, event, payload, previous })

export const seal = (entry: Unhashed): Entry => Object.freeze({ ...entry, hash: entryHash(entry) })

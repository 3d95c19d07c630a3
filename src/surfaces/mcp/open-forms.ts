import { randomUUID } from 'node:crypto'

/**
 * The messages of questions that are on their way through a 2026-era client, with the phrase to type, to be shown again
 * after a slip. They live in this process alone: not in the journal, not in `requestState` (which the client can read),
 * not in a log.
 */
export interface OpenForms {
  /** Remembers a message; returns the name of this round. */
  remember(message: string): string
  /** The message of a round, once: what came back twice is no second answer. */
  take(round: string): string | undefined
}

export function openForms(): OpenForms {
  const messages = new Map<string, string>()
  return {
    remember(message) {
      const round = randomUUID()
      messages.set(round, message)
      return round
    },
    take(round) {
      const message = messages.get(round)
      messages.delete(round)
      return message
    },
  }
}

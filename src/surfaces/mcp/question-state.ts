import { randomBytes } from 'node:crypto'
import { createRequestStateCodec } from '@modelcontextprotocol/server'
import type { QuestionId } from '../../model/ids.ts'

/** What travels with a question through the client and back: sealed, readable, and without anything that answers it. */
export interface QuestionState {
  readonly question: QuestionId
  readonly plan: string
  /** The id as the call had it: an answer must come back in the same call. */
  readonly asked: string
  /** Each showing of the form is answered once. */
  readonly round: string
}
export type QuestionCodec = ReturnType<typeof createRequestStateCodec<QuestionState>>

// Longer than any question is open: the journal judges lateness and has a sentence for it, the codec only an error code.
const TTL_SECONDS = 3600

/** One key per process: a state that another process sealed is none. */
export function questionCodec(): QuestionCodec {
  let made: QuestionCodec | undefined
  // Made at the first question: a server that is only looked at needs no key, and loading node:crypto takes 5 ms.
  const codec = (): QuestionCodec =>
    (made ??= createRequestStateCodec<QuestionState>({
      key: randomBytes(32),
      ttlSeconds: TTL_SECONDS,
      bind: (ctx) => ctx.mcpReq.method,
    }))
  return { mint: (...args) => codec().mint(...args), verify: (...args) => codec().verify(...args) }
}

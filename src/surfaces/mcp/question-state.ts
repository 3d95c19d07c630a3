import { randomBytes } from 'node:crypto'
import { createRequestStateCodec } from '@modelcontextprotocol/server'
import type { QuestionId } from '../../model/ids.ts'

/** What travels with a question through the client and back: sealed, readable, and without anything that answers it. */
export interface QuestionState {
  readonly question: QuestionId
  readonly plan: string
  /** The id as the call had it: an answer must come back in the same call. */
  readonly asked: string
}
type Codec = ReturnType<typeof createRequestStateCodec<QuestionState>>

/** One key per process: a state that another process sealed is none. */
export const questionCodec = (): Codec =>
  createRequestStateCodec<QuestionState>({ key: randomBytes(32), ttlSeconds: 300, bind: (ctx) => ctx.mcpReq.method })

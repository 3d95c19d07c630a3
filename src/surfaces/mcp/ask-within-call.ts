import { ProtocolError, SdkError, SdkErrorCode, type ServerContext } from '@modelcontextprotocol/server'
import type { FormAnswer } from '../../app/agent/answer-confirmation.ts'
import type { NotApproved } from '../../model/decision.ts'
import { FIELD, FORM } from './form.ts'
import { formAnswer } from './form-answer.ts'

// The end of a question is decided by our clock; the SDK's own must not come first.
const SDK_PATIENCE_MS = 3_600_000

/** Each end without an answer has its own words: a client that went away is not a person who said no. */
function whyNoAnswer(error: unknown, { mcpReq }: ServerContext, limit: AbortSignal): NotApproved {
  if (mcpReq.signal.aborted) return 'answer_lost'
  if (limit.aborted) return 'no_answer'
  if (error instanceof SdkError) return error.code === SdkErrorCode.InvalidResult ? 'malformed' : 'answer_lost'
  return error instanceof ProtocolError ? 'declined_or_not_shown' : 'answer_lost'
}

/**
 * Asks through the client's form while a 2025-era call stays open, until `limit`. Not left to the SDK, which answers a
 * failed form by itself and never comes back: the question would stay open with nobody to answer it.
 */
export async function askWithinCall(message: string, ctx: ServerContext, limit: AbortSignal): Promise<FormAnswer> {
  const { mcpReq } = ctx
  try {
    const response = await mcpReq.send(
      { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema: FORM } },
      { signal: AbortSignal.any([mcpReq.signal, limit]), timeout: SDK_PATIENCE_MS },
    )
    return formAnswer({ [FIELD]: response })
  } catch (error) {
    return { kind: 'none', outcome: whyNoAnswer(error, ctx, limit) }
  }
}

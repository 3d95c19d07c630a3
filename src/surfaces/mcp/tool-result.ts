import type { CallToolResult } from '@modelcontextprotocol/server'
import type { Problem } from '../../model/problem.ts'
import type { Envelope } from '../render/envelope.ts'
import { plainText } from '../../model/plain-text.ts'
import { refusalEnvelope } from '../render/refusal-envelope.ts'

/** The same in both halves: hosts drop one or the other. */
export const result = (envelope: Envelope): CallToolResult => ({
  content: [{ type: 'text', text: JSON.stringify(envelope) }],
  structuredContent: { ...envelope },
})

/** A refusal is a result with its status; what could not be carried out is an error whose text holds everything. */
export function problemResult(problem: Problem): CallToolResult {
  const refusal = refusalEnvelope(problem)
  if (refusal) return result(refusal)
  const { reason, message, next } = problem
  const text = `${reason}: ${plainText(message, 2000)} Next: ${plainText(next, 500)}`
  return { isError: true, content: [{ type: 'text', text }] }
}

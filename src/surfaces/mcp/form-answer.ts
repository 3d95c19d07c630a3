import { inputResponse } from '@modelcontextprotocol/server'
import type { FormAnswer } from '../../app/agent/answer-confirmation.ts'
import { FIELD } from './form.ts'

/**
 * What came back through the form. Only a text that was typed can be an answer: an empty acceptance, a default, `true`
 * and whatever else a host makes up without a person are no answer at all.
 */
export function formAnswer(responses: Readonly<Record<string, unknown>> | undefined): FormAnswer {
  const response = inputResponse(responses, FIELD)
  if (response.kind !== 'elicit') return { kind: 'none', outcome: 'malformed' }
  if (response.action === 'decline') return { kind: 'none', outcome: 'declined_or_not_shown' }
  if (response.action === 'cancel') return { kind: 'none', outcome: 'cancelled' }
  const text = response.content?.[FIELD]
  if (typeof text !== 'string' || text.trim() === '') return { kind: 'none', outcome: 'malformed' }
  return { kind: 'typed', text }
}

import type { ElicitRequestFormParams } from '@modelcontextprotocol/server'

export const FIELD = 'answer'

/** One field to type into, without a default: a form that can be accepted as it comes proves nothing. */
export const FORM: ElicitRequestFormParams['requestedSchema'] = {
  type: 'object',
  properties: {
    answer: { type: 'string', minLength: 1, maxLength: 200, description: 'The phrase that the message asks for' },
  },
  required: ['answer'],
}

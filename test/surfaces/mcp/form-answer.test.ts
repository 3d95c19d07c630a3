import { expect, test } from 'vitest'
import { FIELD } from '../../../src/surfaces/mcp/form.ts'
import { formAnswer } from '../../../src/surfaces/mcp/form-answer.ts'

const answered = (response?: object) => formAnswer(response === undefined ? undefined : { [FIELD]: response })
const accepted = (content?: unknown) => answered({ action: 'accept', content })

test('what a person typed is the answer, as they typed it', () => {
  expect(accepted({ [FIELD]: ' 3 Prod maple-river ' })).toEqual({ kind: 'typed', text: ' 3 Prod maple-river ' })
})

test.each([
  ['nothing at all', undefined],
  ['an empty object', {}],
  ['an empty text', { [FIELD]: '' }],
  ['a blank', { [FIELD]: ' \t\n ' }],
  ['a number', { [FIELD]: 7 }],
  ['true', { [FIELD]: true }],
  ['null', { [FIELD]: null }],
  ['a list', { [FIELD]: ['maple'] }],
  ['an object', { [FIELD]: { toString: 'maple' } }],
  ['another field', { confirm: 'maple' }],
])('an acceptance with %s is no answer', (_, content) => {
  expect(accepted(content)).toEqual({ kind: 'none', outcome: 'malformed' })
})

test.each([
  ['decline', 'declined_or_not_shown'],
  ['cancel', 'cancelled'],
] as const)('%s is %s, whatever is sent beside it', (action, outcome) => {
  expect(answered({ action })).toEqual({ kind: 'none', outcome })
  expect(answered({ action, content: { [FIELD]: 'maple' } })).toEqual({ kind: 'none', outcome })
})

test('a call that comes back without a response is no answer', () => {
  expect(answered()).toEqual({ kind: 'none', outcome: 'malformed' })
  expect(answered({ roots: [] })).toEqual({ kind: 'none', outcome: 'malformed' })
})

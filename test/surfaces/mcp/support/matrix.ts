import { phraseOf, type FormAnswer } from '../../../flow/support/assistant.ts'

const accept = (answer: unknown): FormAnswer => ({ action: 'accept', content: { answer } })
const typesIt = (message: string): FormAnswer => accept(phraseOf(message))
const mistypes = (): FormAnswer => accept('2 production maple-river')

/** A way a form can be answered, one function per time it is shown, and what must come of it. */
export interface Way {
  readonly name: string
  readonly answers: readonly ((message: string) => FormAnswer)[]
  /** Absent: a yes. */
  readonly reason?: string
  /** Whether the next call may show the form again. */
  readonly again?: boolean
}

export const WAYS: readonly Way[] = [
  { name: 'the right phrase', answers: [typesIt] },
  { name: 'a slip and then the right phrase', answers: [mistypes, typesIt] },
  { name: 'three wrong answers', answers: [mistypes, mistypes, mistypes], reason: 'wrong_answer' },
  { name: 'decline', answers: [() => ({ action: 'decline' })], reason: 'declined_or_not_shown' },
  { name: 'cancel', answers: [() => ({ action: 'cancel' })], reason: 'cancelled', again: true },
  { name: 'an empty acceptance', answers: [() => ({ action: 'accept', content: {} })], reason: 'malformed' },
  { name: 'a blank', answers: [() => accept('  ')], reason: 'malformed' },
  { name: 'a number', answers: [() => accept(2)], reason: 'malformed' },
]

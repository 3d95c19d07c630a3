import { styleText } from 'node:util'
import type { Problem } from '../../model/problem.ts'
import { plainText } from '../../model/plain-text.ts'

/** What went wrong and what to do next, as two lines. Text from a server may be in it. */
export function problemText({ message, next }: Pick<Problem, 'message' | 'next'>, colour = false): string {
  const error = colour ? styleText('red', 'error:', { validateStream: false }) : 'error:'
  return [`${error} ${plainText(message, 4000)}`, ...(next === '' ? [] : [`next: ${plainText(next, 4000)}`])].join('\n')
}

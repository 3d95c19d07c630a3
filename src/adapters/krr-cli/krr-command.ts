import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'
import { badArgument } from './krr-problem.ts'

/** The words that start krr; more than one where it is a script of an interpreter. */
export interface KrrCommand {
  readonly file: string
  readonly words: readonly string[]
}

/** An operator's command line (the variable KRR, words separated by spaces; nothing of a shell in it), else `krr` of PATH. */
export function krrCommand(text: string | undefined): Result<KrrCommand, KrrProblem> {
  const given = text?.trim() ?? ''
  if (given === '') return ok({ file: 'krr', words: [] })
  const [file = '', ...words] = given.split(/ +/)
  const odd = [file, ...words].find((word) => !/^[\p{L}\p{N}_@%+=:,./\\~-]+$/u.test(word))
  if (odd === undefined && !file.startsWith('-')) return ok({ file, words })
  return failed(
    badArgument(
      `KRR is no command line: ${plainText(odd ?? file, 80)} cannot stand in one`,
      'set KRR to the words that start krr, without quotes, e.g. KRR="/opt/krr/bin/python /opt/krr/krr.py"',
    ),
  )
}

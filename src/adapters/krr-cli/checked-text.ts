import { plainText } from '../../model/plain-text.ts'
import { failed, ok } from '../../model/result.ts'
import type { Result } from '../../model/result.ts'
import type { KrrProblem } from '../../ports/krr-engine.ts'
import { badArgument } from './krr-problem.ts'

export interface TextRule {
  /** What it is, for the message: `a namespace`. */
  readonly what: string
  readonly allows: RegExp
  readonly next: string
}

/**
 * A text that may stand behind `--flag=`. A leading dash cannot become a flag there; what remains is what krr makes of it
 * (a path, a label selector, a piece of PromQL), so each has its own alphabet.
 */
export function checkedText(text: string, { what, allows, next }: TextRule): Result<string, KrrProblem> {
  // No alphabet has these, whatever its rule says: they end a C string, a line, or what a person reads.
  const plain = !/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text)
  if (plain && text.length <= 1000 && allows.test(text)) return ok(text)
  return failed(badArgument(`${plainText(text, 80) || 'an empty text'} is not ${what}`, next))
}

import { InvalidArgumentError } from 'commander'
import type { Result } from '../../../model/result.ts'

/** A parser of ours as commander takes it: what is wrong becomes a usage error. */
export const argument =
  <Value>(parse: (text: string) => Result<Value, string>): ((text: string) => Value) =>
  (text) => {
    const parsed = parse(text)
    if (parsed.ok) return parsed.value
    throw new InvalidArgumentError(parsed.problem)
  }

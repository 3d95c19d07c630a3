import { runInNewContext } from 'node:vm'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'
import { plainText } from '../../../model/plain-text.ts'

const LONGEST_PATTERN = 200
const TIME_LIMIT = 500
const MATCH =
  'patterns.map((one) => new RegExp("^(?:" + one + ")$")).flatMap((one) => names.filter((name) => one.test(name))).join("\\n")'

/** The names that a pattern matches in full, pattern by pattern. */
export function matchInFull(patterns: readonly string[], names: readonly string[]): Result<readonly string[]> {
  const long = patterns.find((pattern) => pattern.length > LONGEST_PATTERN)
  if (long !== undefined) return failed(unusable(long))
  try {
    // Pattern and names may both be somebody's choice, and together run for years: V8 is made to stop.
    const matched: unknown = runInNewContext(
      MATCH,
      { patterns: [...patterns], names: [...names] },
      { timeout: TIME_LIMIT },
    )
    return ok(
      String(matched)
        .split('\n')
        .filter((name) => name !== ''),
    )
  } catch {
    return failed(unusable(patterns.join(', ')))
  }
}

const unusable = (pattern: string) =>
  problem(
    'bad_setting',
    `The namespace pattern ${plainText(pattern, 80)} is no regular expression, or one that takes too long.`,
    'Write a simple one, such as `shop-.*`.',
  )

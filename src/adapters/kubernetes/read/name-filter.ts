import { plainText } from '../../../model/plain-text.ts'
import { problem } from '../../../model/problem.ts'
import { failed, ok, type Result } from '../../../model/result.ts'

export type NameFilter = (name: string) => boolean

// The longest name there can be is a group of jobs: a label's name, `=`, its value.
const LONGEST = 400

/** Which names are wanted: exact and case-sensitive, but `*` stands for any characters; none given = all. `what` is for the problem. */
export function nameFilter(globs: readonly string[] | undefined, what: string): Result<NameFilter> {
  if (!globs || globs.length === 0) return ok(() => true)
  const wrong = globs.find((glob) => glob === '' || glob.length > LONGEST)
  if (wrong !== undefined) return failed(unusable(wrong, what))
  const parts = globs.map((glob) => glob.split('*'))
  return ok((name) => parts.some((each) => matches(each, name)))
}

/** In linear time: somebody else's name and somebody else's pattern must not run for years, as a regular expression may. */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return name === first
  if (!name.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = name.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return name.length - last.length >= at && name.endsWith(last)
}

const unusable = (glob: string, what: string) =>
  problem(
    'bad_setting',
    glob === ''
      ? `The name of a ${what} is empty.`
      : `The name ${plainText(glob, 80)} of a ${what} is longer than any that there can be.`,
    `Write the name of a ${what}, or a part of it with \`*\`, such as \`web-*\`.`,
  )

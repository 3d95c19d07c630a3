import { plainText } from '../../model/plain-text.ts'

const LEVEL = /(?:^|\s)(?:ERROR|CRITICAL)\s+(.*)$/
const SOURCE = /\s+[\w./]+\.py:\d+\s*$/

/**
 * What a program said last on stderr, as one line; of a log like krr's, the last error, with the last line of a traceback
 * behind it. Empty where it said nothing.
 */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(SOURCE, '').trim())
    .filter((line) => line !== '')
  const at = lines.findLastIndex((line) => LEVEL.test(line))
  const last = lines.at(-1) ?? ''
  if (at < 0) return plainText(last)
  const error = LEVEL.exec(lines[at] ?? '')?.[1] ?? ''
  const traced = lines.slice(at).some((line) => line.startsWith('Traceback'))
  return plainText(traced ? `${error}: ${last}` : error)
}

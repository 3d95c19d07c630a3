import { plainText } from '../../model/plain-text.ts'

const LEVEL = /(?:^|\s)(?:ERROR|CRITICAL)\s+(.*)$/
const SOURCE = /\s+[\w./]+\.py:\d+\s*$/

/** What a program said last on stderr, as one line; of a log like krr's, the last error. Empty where it said nothing. */
export function lastWords(stderr: string): string {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(SOURCE, '').trim())
    .filter((line) => line !== '')
  const errors = lines.flatMap((line) => LEVEL.exec(line)?.[1] ?? [])
  return plainText(errors.at(-1) ?? lines.at(-1) ?? '')
}

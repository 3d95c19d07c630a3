import { blocks, type CheckResult, type Verdict } from '../../model/plan.ts'
import { plainText } from '../../model/plain-text.ts'

const WORDS: Readonly<Record<Verdict, string>> = {
  block: 'BLOCKED',
  unknown: 'UNKNOWN',
  warn: 'warning',
  note: 'note',
  pass: 'passed',
}
const ORDER: readonly Verdict[] = ['block', 'unknown', 'warn', 'note']

function linesOf({ verdict, check, subject, message, next }: CheckResult): readonly string[] {
  const about = `  ${WORDS[verdict].padEnd(7)}  ${plainText(check, 60)}, ${plainText(subject, 400)}: ${plainText(message, 1000)}`
  return next === '' ? [about] : [about, `           ${plainText(next, 1000)}`]
}

/** What the checks say, the worst first; those that passed are a number. */
export function checkLines(checks: readonly CheckResult[]): readonly string[] {
  const passed = checks.filter(({ verdict }) => verdict === 'pass').length
  const blocking = checks.filter(blocks).length
  const said = ORDER.flatMap((verdict) => checks.filter((check) => check.verdict === verdict))
  const head = `Checks: ${passed} passed, ${blocking} blocking, ${said.length - blocking} to know`
  return [head, ...said.flatMap(linesOf)]
}

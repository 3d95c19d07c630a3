import type { Severity } from '../../model/recommendation.ts'

/** krr adds doubles with Python's `sum`, which compensates since 3.12: seven warnings of seven are 29 or 30. */
export type Summation = 'cpython-3.12' | 'cpython-3.11'

/** krr's score of a scan, 0 to 100, from the severities of its rows in their order. */
export function score(severities: readonly Severity[], summation: Summation): number {
  const total = severities.length
  // krr does not get this far without a row.
  if (total === 0) return 100
  const cost = SUMS[summation](severities)
  return Math.trunc(((total - cost) / total) * 100)
}

const WARNING_COST = 0.7
type Sum = (severities: readonly Severity[]) => number
const SUMS: Readonly<Record<Summation, Sum>> = {
  'cpython-3.11': (severities) => severities.reduce((sum, severity) => sum + costOf(severity), 0),
  'cpython-3.12': compensated,
}
function costOf(severity: Severity): number {
  if (severity === 'WARNING') return WARNING_COST
  return severity === 'CRITICAL' ? 1 : 0
}

/** CPython 3.12's `sum` (Neumaier): floats are compensated from the second one on, integers are added plainly. */
function compensated(severities: readonly Severity[]): number {
  let sum = 0
  let lost = 0
  let floatSeen = false
  for (const severity of severities) {
    const cost = costOf(severity)
    const next = sum + cost
    if (severity === 'WARNING' && floatSeen) lost += sum >= cost ? sum - next + cost : cost - next + sum
    if (severity === 'WARNING') floatSeen = true
    sum = next
  }
  return sum + lost
}

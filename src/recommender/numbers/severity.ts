import type { Recommended, RecommendedPair, Severity } from '../../model/recommendation.ts'

/** How far the current value is from the recommended one: absolute and without tolerance, as krr has it. */
export const cpuSeverity = (current: Recommended, recommended: Recommended): Severity =>
  severityOf(current, recommended, (difference) => level(difference, [0.5, 0.25, 0.1]))
export const memorySeverity = (current: Recommended, recommended: Recommended): Severity =>
  severityOf(current, recommended, (difference) => level(difference / 1024 / 1024, [500, 250, 100]))

function severityOf(current: Recommended, recommended: Recommended, of: (difference: number) => Severity): Severity {
  if (current === '?' || recommended === '?') return 'UNKNOWN'
  if (current === null && recommended === null) return 'GOOD'
  if (current === null || recommended === null) return 'WARNING'
  return of(Math.abs(current - recommended))
}
function level(difference: number, [critical, warning, fine]: readonly [number, number, number]): Severity {
  if (difference >= critical) return 'CRITICAL'
  if (difference >= warning) return 'WARNING'
  return difference >= fine ? 'OK' : 'GOOD'
}

const WORST_FIRST: readonly Severity[] = ['CRITICAL', 'WARNING', 'OK', 'GOOD', 'UNKNOWN']

/** The worst of a row's four. */
export function rowSeverity(requests: RecommendedPair, limits: RecommendedPair): Severity {
  const all = [requests.cpu, requests.memory, limits.cpu, limits.memory].map((field) => field.severity)
  return WORST_FIRST.find((severity) => all.includes(severity)) ?? 'UNKNOWN'
}

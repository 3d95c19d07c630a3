import type { KrrCommand } from '../src/adapters/krr-cli/krr-command.ts'
import type { Summation } from '../src/recommender/numbers/score.ts'
import { type Comparison, compareAnswers } from './compare/compare-answers.ts'
import type { ParityRequest } from './request/random-request.ts'
import { askKrr } from './sides/ask-krr.ts'
import { askOurs } from './sides/ask-ours.ts'
import type { ParityWorld } from './sides/parity-world.ts'
import type { WorldPlan } from './world/world-plan.ts'

export interface ScanOutcome extends Comparison {
  readonly kind: 'compared' | 'nothing_to_scan' | 'no_usage'
  readonly krrQueries: number
  readonly queries: number
  /** A point exactly at the start of a range is in it: undefined where nothing was asked. */
  readonly closedRanges: boolean | undefined
}
export interface Parity {
  readonly command: KrrCommand
  readonly summation: Summation
}
const SAME = { rows: 0, fields: 0, wanted: {}, findings: [] } as const
const nothing = (kind: ScanOutcome['kind'], more: Partial<ScanOutcome> = {}): ScanOutcome => ({
  kind,
  ...SAME,
  krrQueries: 0,
  queries: 0,
  closedRanges: undefined,
  ...more,
})

/** Both sides about the same, compared. */
export async function runScan(
  { command, summation }: Parity,
  on: { readonly world: ParityWorld; readonly plan: WorldPlan },
  request: ParityRequest,
): Promise<ScanOutcome> {
  const [krr, ours] = [await askKrr(command, on.world, request), await askOurs(on.world, request, summation)]
  if (krr.kind === 'gave_up')
    return nothing('compared', { findings: [{ text: `krr gave up: ${krr.stderr.slice(-1500)}` }] })
  if (krr.kind === 'nothing_to_scan') {
    const rows = ours.ok ? ours.value.answer.scans.length + ours.value.scan.withheld.length : 0
    const findings = rows === 0 ? [] : [{ text: `krr finds nothing to scan, ours has ${rows} rows` }]
    return nothing('nothing_to_scan', {
      findings: ours.ok ? findings : [{ text: `ours failed: ${ours.problem.message}` }],
    })
  }
  if (!ours.ok) {
    // A wanted deviation of the whole scan: nothing but question marks says the metrics are not there.
    const unknown = krr.answer.scans.every(({ severity }) => severity === 'UNKNOWN' || severity === 'WARNING')
    const expected = ours.problem.reason.startsWith('prometheus') && unknown && isWithoutNumbers(krr.answer.scans)
    const findings = expected ? [] : [{ text: `ours failed: ${ours.problem.reason}: ${ours.problem.message}` }]
    return nothing('no_usage', { findings })
  }
  const { answer, scan } = ours.value
  const compared = { ours: answer, withheld: scan.withheld, krr: krr.answer, plan: on.plan, summation }
  const { queries, closedRanges } = scan.prometheus
  return { kind: 'compared', ...compareAnswers(compared), krrQueries: krr.queries, queries, closedRanges }
}

const isWithoutNumbers = (scans: readonly { readonly recommended: unknown }[]): boolean =>
  scans.every(({ recommended }) => !/"value":\d/.test(JSON.stringify(recommended)))

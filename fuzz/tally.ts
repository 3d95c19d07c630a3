import type { ScanOutcome } from './run-scan.ts'

/** What a whole run has seen. */
export interface Tally {
  add(outcome: ScanOutcome): void
  addWorld(): void
  readonly findings: number
  /** One line per fact. */
  text(): string
}

export function tally(): Tally {
  const sums = { worlds: 0, scans: 0, rows: 0, fields: 0, queries: 0, krrQueries: 0, findings: 0, empty: 0, unknown: 0 }
  const wanted = new Map<string, number>()
  const ranges = new Set<string>()
  return {
    addWorld: () => void (sums.worlds += 1),
    add: (outcome) => {
      sums.scans += 1
      sums.rows += outcome.rows
      sums.fields += outcome.fields
      sums.queries += outcome.queries
      sums.krrQueries += outcome.krrQueries
      sums.findings += outcome.findings.length
      if (outcome.kind === 'nothing_to_scan') sums.empty += 1
      if (outcome.kind === 'no_usage') sums.unknown += 1
      for (const [id, count] of Object.entries(outcome.wanted)) wanted.set(id, (wanted.get(id) ?? 0) + count)
      if (outcome.closedRanges !== undefined)
        ranges.add(outcome.closedRanges ? 'closed (as 2.x)' : 'left-open (as 3.x)')
    },
    get findings() {
      return sums.findings
    },
    text: () =>
      [
        `ranges of this Prometheus: ${[...ranges].join(' and ') || 'never seen'}`,
        `${sums.worlds} worlds, ${sums.scans} scans, ${sums.rows} rows, ${sums.fields} fields compared; ${sums.queries} queries where krr asked ${sums.krrQueries}`,
        `of these scans ${sums.empty} had nothing to look at, and ${sums.unknown} no usage at all (krr: question marks; ours: an error that says so)`,
        `rows that differ as is wanted: ${[...wanted].map(([id, count]) => `${count} ${id}`).join(', ') || 'none'}`,
        `findings: ${sums.findings}`,
      ].join('\n'),
  }
}

import type { ScanRow } from '../../../model/recommendation.ts'

export interface ChartLine {
  readonly kind: 'current' | 'limit' | 'recommended' | 'new-limit'
  readonly words: string
  readonly value: number
}

/** What usage is compared with; only what is set. */
export function chartLines(row: ScanRow, resource: 'cpu' | 'memory'): readonly ChartLine[] {
  const { requests, limits } = row.container.allocations
  const [request, limit] = [row.requests[resource].value, row.limits[resource].value]
  const lines: readonly { readonly kind: ChartLine['kind']; readonly words: string; readonly value: unknown }[] = [
    { kind: 'current', words: 'current request', value: requests[resource] },
    { kind: 'limit', words: 'current limit', value: limits[resource] },
    { kind: 'recommended', words: 'recommended request', value: request },
    // krr's memory limit is its request: one line then.
    { kind: 'new-limit', words: 'recommended limit', value: limit === request ? null : limit },
  ]
  return lines.flatMap(({ kind, words, value }) => (typeof value === 'number' ? [{ kind, words, value }] : []))
}

/** The highest value that the chart shows. A line far above all usage would press the usage flat: it is said, not drawn. */
export function chartTop(lines: readonly ChartLine[], peak: number): number {
  const far = 5 * peak
  const near = lines.map(({ value }) => value).filter((value) => value <= far)
  return Math.max(peak, ...near) * 1.06
}

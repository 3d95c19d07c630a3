import type { ScanRow, Severity } from '../../model/recommendation.ts'
import { cpuText, memoryText } from './resource-text.ts'

export interface RowChange {
  /** `250m → 100m`; `250m → ? (No data)` where nothing is recommended; `unset` where it is and stays so. */
  readonly text: string
  readonly severity: Severity
}

/** One value of a row: what it is and what is recommended. */
export function rowChange(row: ScanRow, part: 'requests' | 'limits', resource: 'cpu' | 'memory'): RowChange {
  const text = resource === 'cpu' ? cpuText : memoryText
  const { value, severity } = row[part][resource]
  const [current, recommended] = [text(row.container.allocations[part][resource]), text(value)]
  if (current === recommended && current === 'unset') return { text: current, severity }
  const info = row.info[resource]
  const why = recommended === '?' && info !== null ? ` (${info})` : ''
  return { text: `${current} → ${recommended}${why}`, severity }
}

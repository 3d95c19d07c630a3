import type { UsageHistory } from '../../model/usage-history.ts'
import { cpuText, memoryText } from './resource-text.ts'
import { sparkline } from './sparkline.ts'
import { usageFigures } from './usage-figures.ts'

/** `▁▂▁▇ 310m`: usage over time, and its peak; empty where nothing was seen. */
export function usageBar(history: UsageHistory | undefined, resource: 'cpu' | 'memory', width: number): string {
  const values = history?.[resource] ?? []
  const figures = usageFigures(values)
  if (!figures) return ''
  return `${sparkline(values, width)} ${(resource === 'cpu' ? cpuText : memoryText)(figures.peak)}`
}

import type { MovedRow, MovedValue } from '../../model/scan-diff.ts'
import { percentChange } from './percent-change.ts'
import { cpuText, memoryText } from './resource-text.ts'

const NAMES = { cpu: 'CPU', memory: 'memory' } as const
const PARTS = { requests: 'request', limits: 'limit' } as const

/** What of a container moved: `recommended CPU request`, `severity`. */
export interface MovedText {
  readonly what: string
  /** `100m → 150m`. */
  readonly change: string
  /** `+50m (+50 %)`; empty where one of the two is no number. */
  readonly by: string
}

/** A line for each value that moved, and one for the severity. */
export function movedText({ values, severity }: MovedRow): readonly MovedText[] {
  const { before, after } = severity
  return [
    ...values.map(valueText),
    ...(before === after ? [] : [{ what: 'severity', change: `${before} → ${after}`, by: '' }]),
  ]
}

function valueText({ what, part, resource, before, after, by }: MovedValue): MovedText {
  const text = resource === 'cpu' ? cpuText : memoryText
  return {
    what: `${what} ${NAMES[resource]} ${PARTS[part]}`,
    change: `${text(before)} → ${text(after)}`,
    by: by === null ? '' : `${signed(by, text(Math.abs(by)))}${percentText(before, after)}`,
  }
}

const signed = (by: number, text: string): string => `${by < 0 ? '−' : '+'}${text}`

function percentText(before: unknown, after: unknown): string {
  if (typeof before !== 'number' || typeof after !== 'number') return ''
  const percent = percentChange(before, after)
  return percent === null ? '' : ` (${signed(percent, String(Math.abs(percent)))} %)`
}

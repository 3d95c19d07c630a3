import { styleText } from 'node:util'
import type { Severity } from '../../model/recommendation.ts'

const COLOURS: Readonly<Record<Severity, 'red' | 'yellow' | 'green' | 'cyan' | 'gray'>> = {
  CRITICAL: 'red',
  WARNING: 'yellow',
  OK: 'cyan',
  GOOD: 'green',
  UNKNOWN: 'gray',
}

/** Text in a severity's colour where colours are wanted: whether they are is the caller's knowledge, not the stream's. */
export const severityColour = (text: string, severity: Severity, colour: boolean): string =>
  colour ? styleText(COLOURS[severity], text, { validateStream: false }) : text

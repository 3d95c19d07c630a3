import type { Severity } from '../../model/recommendation.ts'
import { severityColour } from './severity-colour.ts'

/** The word, in its colour where colours are wanted. */
export const severityText = (severity: Severity, colour: boolean): string => severityColour(severity, severity, colour)

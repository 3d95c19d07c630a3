import { styleText } from 'node:util'
import type { Status } from '../../model/status.ts'

type Colour = 'red' | 'yellow' | 'green' | 'cyan' | 'gray'
const COLOURS: Readonly<Record<Status, Colour>> = {
  running: 'cyan',
  done: 'green',
  proposed: 'cyan',
  blocked: 'red',
  waiting_for_human: 'yellow',
  approved: 'green',
  applied: 'green',
  refused: 'gray',
  expired: 'gray',
  stale: 'gray',
  queued: 'cyan',
  applying: 'cyan',
  soaking: 'cyan',
  holding: 'red',
  succeeded: 'green',
  unverified: 'yellow',
  rolling_back: 'yellow',
  rolled_back: 'yellow',
  partly_applied: 'yellow',
  needs_human: 'red',
}

/** The status word, in its colour where colours are wanted. */
export const statusText = (status: Status, colour: boolean): string =>
  colour ? styleText(COLOURS[status], status, { validateStream: false }) : status

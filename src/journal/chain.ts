import { problem, type Problem } from '../model/problem.ts'
import { entryHash, type Entry } from './entry.ts'

export interface Head {
  readonly seq: number
  readonly hash: string
}

const broken = (seq: number, what: string): Problem =>
  problem(
    'journal_broken',
    `Entry ${seq} of the journal ${what}: the journal was altered or damaged.`,
    'Nothing will be written. Run `krr-mcp audit verify`, keep a copy of the state directory, and find out who changed it.',
  )

/** Whether `entry` follows `head`; a problem that says how it does not. */
export function follows(head: Head, entry: Entry): Problem | undefined {
  if (entry.seq !== head.seq + 1) return broken(entry.seq, `does not follow entry ${head.seq}`)
  if (entry.previous !== head.hash) return broken(entry.seq, 'names another predecessor')
  if (entryHash(entry) !== entry.hash) return broken(entry.seq, 'does not match its hash')
  return undefined
}

import type { Entry } from '../../journal/entry.ts'

/** An entry for programs. The hash of what had to be typed is masked: it is short enough to be guessed from. */
export function entryJson(entry: Entry): Entry {
  const { event } = entry
  if (event.kind !== 'question_asked') return entry
  return { ...entry, event: { ...event, facts: { ...event.facts, answerHash: '(masked)', salt: '(masked)' } } }
}

import type { Entry } from '../../journal/entry.ts'
import type { JournalEvent } from '../../journal/event.ts'
import { isoTime } from '../../model/time.ts'
import { actorText } from './actor-text.ts'
import { EXECUTION_FACTS } from './execution-event-facts.ts'
import { PLAN_FACTS, type FactsOf, type FactTexts } from './plan-event-facts.ts'

type Kind = JournalEvent['kind']
type EventOf<Some extends Kind> = { [Each in Some]: { readonly kind: Each; readonly facts: FactsOf<Each> } }[Some]
const FACTS: FactTexts<Kind> = { ...PLAN_FACTS, ...EXECUTION_FACTS }
const factsOf = <Some extends Kind>(event: EventOf<Some>): string => FACTS[event.kind](event.facts)

/** `12  2026-11-24T13:27:55Z  person alice@host  decision_recorded  p-7k3m  approved at level terminal, …`: one entry. */
export function auditLine({ seq, at, actor, event }: Entry): string {
  const line = [
    String(seq).padStart(5),
    isoTime(at.wall),
    actorText(actor).padEnd(24),
    event.kind.padEnd(17),
    event.subject.padEnd(6),
    factsOf(event),
  ]
  return line.join('  ').trimEnd()
}

/** The journal for a person, a line for each entry, the oldest first. */
export const auditText = (entries: readonly Entry[]): string => entries.map(auditLine).join('\n')

import type { JournalEvent, PlanEvent, PolicyAdopted, ScanRecorded } from '../../journal/event.ts'
import { plainText } from '../../model/plain-text.ts'
import { counted } from './counted.ts'
import { spanText } from './span-text.ts'

export type FactsOf<Kind extends JournalEvent['kind']> = Extract<JournalEvent, { kind: Kind }>['facts']
export type FactTexts<Kind extends JournalEvent['kind']> = {
  readonly [Each in Kind]: (facts: FactsOf<Each>) => string
}

const short = (hash: string): string => hash.slice(0, 12)

/** The facts worth a line, of scans, policies, plans and decisions. What had to be typed, and its hash, is never shown. */
export const PLAN_FACTS: FactTexts<(ScanRecorded | PolicyAdopted | PlanEvent)['kind']> = {
  scan_recorded: ({ clusterName, source, rows }) =>
    `${counted(rows, 'row')}, cluster ${plainText(clusterName, 80)}, ${source}`,
  policy_adopted: ({ revision, level }) => `revision ${short(revision)} at level ${level}`,
  plan_proposed: ({ purpose, from, steps, blocked, clusterName, digest }) =>
    `${purpose} from ${plainText(from, 20)}, ${counted(steps.length, 'workload')} on ${plainText(clusterName, 80)}, digest ${short(digest)}${blocked ? ', BLOCKED' : ''}`,
  question_asked: ({ channel, promptHash, openFor }) =>
    `through the ${channel}, open for ${spanText(openFor)}, text ${short(promptHash)}`,
  answer_wrong: () => 'not the phrase',
  question_closed: ({ outcome }) => outcome,
  decision_recorded: ({ decision }) =>
    `${decision.answer} at level ${decision.level}, digest ${short(decision.digest)}, ${decision.trust}`,
  token_minted: ({ validFor }) => `valid for ${spanText(validFor)}`,
  plan_stale: ({ why }) => plainText(why),
}

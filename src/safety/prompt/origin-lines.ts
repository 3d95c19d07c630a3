import type { Plan } from '../../model/plan.ts'
import { isoTime } from '../../model/time.ts'
import { durationText } from './duration-text.ts'
import { requesterText } from './requester-text.ts'

const LEVELS: Readonly<Record<string, string>> = {
  client: 'through this client, or at a terminal',
  terminal: 'at a terminal (krr-mcp approve)',
}

/** `2026-11-24T13:27:55Z (3 min ago)`. A time ahead of us is shown as it is: the clock was set, not the future seen. */
const since = (at: number, now: number): string =>
  now >= at ? `${isoTime(at)} (${durationText(now - at)} ago)` : `${isoTime(at)} (ahead of this clock)`

const until = (at: number, now: number): string =>
  at > now ? `${isoTime(at)} (${durationText(at - now)} left)` : `${isoTime(at)} (expired)`

/** Where the plan comes from, how old it is, and what a yes needs. */
export function originLines(plan: Plan, now: number): readonly string[] {
  const { evidenceAt } = plan
  const numbers = evidenceAt === undefined ? '' : `; its numbers are as of ${since(evidenceAt * 1000, now)}`
  return [
    `- Asked for by: ${requesterText(plan.requester)}`,
    `- Plan ${plan.id}: made ${since(plan.proposedAt, now)}, open until ${until(plan.expiresAt, now)}${numbers}`,
    `- After a yes: started within ${durationText(plan.executionDeadline)} or not at all`,
    `- A yes counts: ${LEVELS[plan.requiredLevel] ?? `at level ${plan.requiredLevel}`}`,
  ]
}

import type { Actor } from '../../../../src/model/actor.ts'
import type { Channel } from '../../../../src/model/decision.ts'
import type { ExecutionId, PlanId } from '../../../../src/model/ids.ts'
import type { Result } from '../../../../src/model/result.ts'
import { minutes } from '../../../../src/model/time.ts'
import { answerQuestion, type Verdict } from '../../../../src/safety/confirmation/answer.ts'
import { ask, type Asked, type Asking } from '../../../../src/safety/confirmation/ask.ts'
import { mintToken, redeem, type Redemption } from '../../../../src/safety/confirmation/token.ts'
import { openJournal } from '../../../../src/journal/journal.ts'
import type { EntryStore } from '../../../../src/journal/entry-store.ts'
import { agent, DIGEST, person, PLAN, proposed } from '../../../journal/support/events.ts'
import { listStore, type ListStore } from '../../../journal/support/list-store.ts'
import { world, type World } from '../../../journal/support/world.ts'
import { valueOf } from '../../support/value-of.ts'
import { seededRandomness } from './seeded-randomness.ts'

export const TEXT = 'PLAN p-2abc\n2 workloads of cluster production change.'

/** A plan that waits for a decision, and the ways to give one. */
export interface Desk extends World {
  readonly ask: (asking?: Partial<Asking>) => Promise<Result<Asked>>
  readonly asked: (channel?: Channel) => Promise<Asked>
  readonly answer: (asked: Pick<Asked, 'question'>, typed: string, by?: Actor) => Promise<Result<Verdict>>
  /** Asked and answered. */
  readonly yes: () => Promise<void>
  readonly mint: (plan?: PlanId) => Promise<Result<string>>
  readonly token: () => Promise<string>
  readonly redeem: (redemption: Redemption, about?: Partial<About>) => Promise<Result<ExecutionId>>
}
interface About {
  readonly plan: PlanId
  readonly digest: string
  readonly execution: ExecutionId
}

export async function desk({
  over,
  facts = {},
}: { readonly over?: EntryStore; readonly facts?: Parameters<typeof proposed>[0] } = {}): Promise<Desk> {
  const store = (over ?? listStore()) as ListStore
  const made = world(store)
  const random = seededRandomness('desk')
  const ports = { journal: openJournal(store, made.clock), clock: made.clock, random }
  const asking: Asking = {
    plan: PLAN,
    digest: DIGEST,
    channel: 'terminal',
    text: TEXT,
    count: 2,
    cluster: 'production',
  }
  const about = { plan: PLAN, digest: DIGEST, execution: 'x-2abc' as ExecutionId, deadline: minutes(60) }
  const self: Omit<Desk, keyof World> = {
    ask: (more = {}) => ask({ ...asking, ...more }, agent, ports),
    asked: async (channel = 'terminal') => valueOf(await self.ask({ channel })),
    answer: ({ question }, typed, by = person) => answerQuestion({ plan: PLAN, question, typed }, by, ports),
    async yes() {
      const asked = await self.asked()
      valueOf(await self.answer(asked, asked.phrase))
    },
    mint: (plan = PLAN) => mintToken({ plan, validFor: minutes(5) }, agent, ports),
    token: async () => valueOf(await self.mint()),
    redeem: (redemption, more = {}) => redeem({ ...about, ...more }, redemption, { journal: ports.journal, by: agent }),
  }
  await made.must(proposed(facts))
  return { ...made, ...self }
}

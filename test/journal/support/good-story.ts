import type { JournalEvent } from '../../../src/journal/event.ts'
import type { PlanId, QuestionId } from '../../../src/model/ids.ts'
import {
  adopted,
  asked,
  claimed,
  closed,
  decided,
  ended,
  minted,
  OTHER_PLAN,
  proposed,
  queued,
  refusal,
  scanned,
  stale,
  stopped,
  work,
  wrong,
} from './events.ts'
import { world, type World } from './world.ts'

const LAST_PLAN = 'p-4ghj' as PlanId
const SECOND = 'q-2' as QuestionId

/** One story in which every kind of event happens. */
export const GOOD_STORY: readonly JournalEvent[] = [
  scanned(),
  adopted(),
  proposed({ steps: ['web', 'api', 'db'].map((name) => ({ workload: `shop/deployment/${name}`, title: name })) }),
  asked(),
  wrong(),
  decided(),
  minted(),
  queued(),
  claimed(),
  work('write_intended'),
  work('write_taken'),
  work('undo_rehearsed'),
  work('write_skipped', { step: 2 }),
  work('write_intended', { step: 3 }),
  work('write_refused', { step: 3 }),
  work('soak_started'),
  work('wave_started'),
  work('tier_judged'),
  stopped(),
  work('rollback_started'),
  work('undo_intended'),
  work('undo_refused'),
  work('undo_intended'),
  work('undo_taken'),
  work('undo_settled'),
  ended('rolled_back'),
  proposed({}, OTHER_PLAN),
  asked({ question: SECOND, channel: 'client' }, OTHER_PLAN),
  closed('declined_or_not_shown', SECOND, OTHER_PLAN),
  refusal(OTHER_PLAN),
  proposed({}, LAST_PLAN),
  stale(LAST_PLAN),
]

export async function goodStory(): Promise<World> {
  const told = world()
  await told.must(...GOOD_STORY)
  return told
}

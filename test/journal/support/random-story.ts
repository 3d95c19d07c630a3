import * as fc from 'fast-check'
import { applyChange } from '../../../src/journal/change.ts'
import { seal, type Entry } from '../../../src/journal/entry.ts'
import type { JournalEvent } from '../../../src/journal/event.ts'
import { emptyState, type JournalState } from '../../../src/journal/state.ts'
import { transition } from '../../../src/journal/transition.ts'
import type { Channel } from '../../../src/model/decision.ts'
import type { ExecutionId, PlanId, QuestionId } from '../../../src/model/ids.ts'
import { LEVELS } from '../../../src/model/level.ts'
import { millis } from '../../../src/model/time.ts'
import { controlledClock, type ControlledClock } from './controlled-clock.ts'
import * as events from './events.ts'

const PLANS = ['p-aaaa', 'p-bbbb'] as unknown as readonly PlanId[]
const EXECUTIONS = ['x-aaaa', 'x-bbbb', 'x-cccc'] as unknown as readonly ExecutionId[]
const CHANNELS: readonly Channel[] = ['client', 'terminal']
const MINUTE = 60_000

/** One thing that happens: time passes in some way, or somebody wants something recorded. */
export interface Happening {
  readonly time: 'none' | 'moment' | 'minutes' | 'hour' | 'sleep' | 'back' | 'reboot'
  /** `next` goes on with the story as it should; a number picks any kind of event. */
  readonly what: 'next' | number
  readonly plan: number
  readonly execution: number
  readonly fence: number
  readonly step: number
  /** What is not as it should be, if anything. */
  readonly twist: 'none' | 'digest' | 'question' | 'channel' | 'level' | 'prompt' | 'token' | 'plan' | 'command'
  readonly level: number
}

const often = <Value>(value: Value, weight: number, others: readonly Value[]): fc.Arbitrary<Value> =>
  fc.oneof({ weight, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

export const happenings: fc.Arbitrary<readonly Happening[]> = fc.array(
  fc.record({
    time: often<Happening['time']>('none', 15, ['moment', 'minutes', 'hour', 'sleep', 'back', 'reboot']),
    what: fc.oneof(
      { weight: 5, arbitrary: fc.constant<'next'>('next') },
      { weight: 3, arbitrary: fc.nat({ max: 24 }) },
    ),
    plan: often(0, 3, [1]),
    execution: often(0, 3, [1, 2]),
    fence: often(0, 6, [-1, 1]),
    step: often(1, 2, [0, 2, 3]),
    twist: often<Happening['twist']>('none', 3, [
      'digest',
      'question',
      'channel',
      'level',
      'prompt',
      'token',
      'plan',
      'command',
    ]),
    level: fc.nat({ max: 2 }),
  }),
  { minLength: 10, maxLength: 70, size: 'max' },
)

function passTime(clock: ControlledClock, time: Happening['time']): void {
  if (time === 'moment') clock.advance(1_000)
  if (time === 'minutes') clock.advance(4 * MINUTE)
  if (time === 'hour') clock.advance(61 * MINUTE)
  if (time === 'sleep') clock.setWall(16 * MINUTE)
  if (time === 'back') clock.setWall(-1)
  if (time === 'reboot') clock.reboot()
}

export interface Told {
  readonly accepted: readonly Entry[]
  readonly refused: readonly JournalEvent[]
  readonly state: JournalState
}

/** Tells a story to the rules and keeps what they let through. */
export function tellAll(story: readonly Happening[]): Told {
  const clock = controlledClock()
  const state = emptyState()
  const [accepted, refused]: [Entry[], JournalEvent[]] = [[], []]
  for (const happening of story) {
    passTime(clock, happening.time)
    const event = eventOf(happening, accepted)
    const { head } = state
    const payload = event.kind === 'plan_proposed' ? 'f'.repeat(64) : null
    const entry = seal({
      seq: head.seq + 1,
      at: clock.now(),
      actor: events.person,
      event,
      payload,
      previous: head.hash,
    })
    const change = transition(state, entry)
    if (change.ok) {
      applyChange(state, change.value)
      state.head = { seq: entry.seq, hash: entry.hash }
      accepted.push(entry)
    } else refused.push(event)
  }
  return { accepted, refused, state }
}

/** What the story so far holds about one plan and one execution, read from its entries and not from any state. */
interface Known {
  readonly plan: PlanId
  readonly execution: ExecutionId
  readonly last: <Kind extends JournalEvent['kind']>(kind: Kind) => Extract<JournalEvent, { kind: Kind }> | undefined
  readonly channel: Channel
  readonly claims: number
}

function knowing({ plan, execution, twist }: Happening, accepted: readonly Entry[]): Known {
  const subjects: readonly string[] = [PLANS[plan] as string, EXECUTIONS[execution] as string]
  const mine = accepted.map(({ event }) => event).filter(({ subject }) => subjects.includes(subject))
  const last: Known['last'] = (kind) =>
    mine.findLast((event): event is Extract<JournalEvent, { kind: typeof kind }> => event.kind === kind)
  const channel = last('question_asked')?.facts.channel ?? 'terminal'
  return {
    plan: PLANS[plan] as PlanId,
    execution: EXECUTIONS[execution] as ExecutionId,
    last,
    channel: twist === 'channel' ? (CHANNELS.find((each) => each !== channel) as Channel) : channel,
    claims: mine.filter(({ kind }) => kind === 'execution_claimed').length,
  }
}

function planEvents(happening: Happening, known: Known, seq: number): readonly (() => JournalEvent)[] {
  const { twist } = happening
  const { plan, channel } = known
  const digest = (twist === 'digest' ? 'e' : (plan.at(-1) as string)).repeat(64)
  const question = twist === 'question' ? ('q-0' as QuestionId) : known.last('question_asked')?.facts.question
  const promptHash = twist === 'prompt' ? 'another' : events.PROMPT
  const level = twist === 'level' ? (LEVELS[happening.level] as (typeof LEVELS)[number]) : channel
  const requiredLevel = LEVELS[happening.level] as (typeof LEVELS)[number]
  const steps = [1, 2].map((each) => ({ workload: twist === 'plan' ? `${plan}-${each}` : `w-${each}`, title: '' }))
  const about = { digest, channel, promptHash, level, question: question ?? null }
  return [
    () => events.proposed({ digest, requiredLevel, blocked: twist === 'command', steps }, plan),
    () => events.asked({ question: `q-${seq}` as QuestionId, channel, digest, attempts: 3 }, plan),
    () => events.decided(twist === 'plan' ? { ...about, plan: 'p-cccc' as PlanId } : about, plan),
    () => events.minted({ tokenHash: `t-${seq}` }, plan),
    () => events.wrong(question, plan),
    () => events.closed(happening.level === 0 ? 'cancelled' : 'declined_or_not_shown', question, plan),
    () => events.refusal(plan),
    () => events.stale(plan),
  ]
}

function executionEvents(happening: Happening, known: Known): readonly (() => JournalEvent)[] {
  const { twist, step } = happening
  const { execution, plan, claims } = known
  const fence = claims + happening.fence
  const digest = (twist === 'digest' ? 'e' : (plan.at(-1) as string)).repeat(64)
  const tokenHash = twist === 'token' ? 'guessed' : (known.last('token_minted')?.facts.tokenHash ?? null)
  const redeemedBy = twist === 'command' ? 'command' : 'token'
  const status = (['needs_human', 'rolled_back', 'succeeded', 'holding', 'applying'] as const)[happening.level + 1]
  return [
    () => events.queued({ plan, digest, tokenHash, redeemedBy, deadline: millis(30 * MINUTE) }, execution),
    () => events.claimed(fence + 1, execution),
    () => events.stopped(execution),
    () => events.ended(status ?? 'holding', twist === 'level' ? null : fence, execution),
    ...events.WORKED.map((kind) => () => events.work(kind, { step, fence }, execution)),
  ]
}

function eventOf(happening: Happening, accepted: readonly Entry[]): JournalEvent {
  const known = knowing(happening, accepted)
  const [ofPlan, ofExecution] = [planEvents(happening, known, accepted.length), executionEvents(happening, known)]
  const all = [...ofPlan, ...ofExecution]
  const make = happening.what === 'next' ? next(known, ofPlan, ofExecution) : all[happening.what % all.length]
  return (make as () => JournalEvent)()
}

/** The event that a good story would go on with: the first that has not happened yet. */
function next(
  { last }: Known,
  [propose, ask, decide, mint]: readonly (() => JournalEvent)[],
  [queue, claim, , end, ...work]: readonly (() => JournalEvent)[],
): (() => JournalEvent) | undefined {
  const worker = (kind: (typeof events.WORKED)[number]) => [kind, work[events.WORKED.indexOf(kind)]] as const
  const good = [
    ['plan_proposed', propose],
    ['question_asked', ask],
    ['decision_recorded', decide],
    ['token_minted', mint],
    ['execution_queued', queue],
    ['execution_claimed', claim],
    ...(
      ['write_intended', 'write_taken', 'rollback_started', 'undo_intended', 'undo_taken', 'undo_settled'] as const
    ).map(worker),
  ] as const
  const found = good.find(([kind]) => !last(kind))
  return found ? found[1] : end
}

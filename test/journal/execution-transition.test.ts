import { describe, expect, it } from 'vitest'
import type { ExecutionEvent, JournalEvent } from '../../src/journal/event.ts'
import type { WriteState } from '../../src/journal/state.ts'
import type { ExecutionStatus } from '../../src/model/status.ts'
import { minutes } from '../../src/model/time.ts'
import { asked, claimed, decided, ended, minted, proposed, queued, stopped, work, WORKED } from './support/events.ts'
import { world, type World } from './support/world.ts'

const QUEUED: readonly JournalEvent[] = [proposed(), asked(), decided(), minted(), queued()]
const CLAIMED = [...QUEUED, claimed()]
const WRITTEN = [...CLAIMED, work('write_intended'), work('write_taken')]
const BOTH = [...WRITTEN, work('write_intended', { step: 2 }), work('write_taken', { step: 2 })]
const UNDOING = [...WRITTEN, work('rollback_started')]

async function told(...events: readonly JournalEvent[]): Promise<World> {
  const made = world()
  await made.must(...events)
  return made
}
const reason = async (made: World, ...events: readonly JournalEvent[]): Promise<string | undefined> =>
  (await made.tell(...events))?.reason
const all = (at: { readonly fence?: number; readonly step?: number } = {}): readonly ExecutionEvent[] =>
  WORKED.map((kind) => work(kind, at))

const FINAL: readonly ExecutionStatus[] = [
  'holding',
  'succeeded',
  'unverified',
  'rolled_back',
  'partly_applied',
  'needs_human',
]

describe('a claim', () => {
  it('comes before everything that a worker does', async () => {
    const made = await told(...QUEUED)
    for (const fence of [0, 1])
      for (const event of [...all({ fence }), ended('holding', fence), ended('needs_human', fence)])
        expect(await reason(made, event), event.kind).toBe('lease_lost')
    expect((await made.execution()).status).toBe('queued')
  })
  it('has the next number, so that of two at once one is refused', async () => {
    const made = await told(...QUEUED)
    for (const fence of [-1, 0, 2, 7]) expect(await reason(made, claimed(fence))).toBe('lease_lost')
    await made.must(claimed(1))
    expect(await reason(made, claimed(1))).toBe('lease_lost')
    await made.must(claimed(2))
    expect((await made.execution()).fence).toBe(2)
  })
  it('that was lost is worth nothing: whatever the worker was about to record is refused', async () => {
    const made = await told(...WRITTEN, claimed(2))
    for (const event of [...all(), ended('holding'), ended('needs_human')])
      expect(await reason(made, event), event.kind).toBe('lease_lost')
  })
  it('of a later worker that does not exist yet is worth nothing either', async () => {
    const made = await told(...WRITTEN)
    for (const event of all({ fence: 2 })) expect(await reason(made, event), event.kind).toBe('lease_lost')
  })
  it('does not change how far things are', async () => {
    const made = await told(...UNDOING, claimed(2))
    expect(await made.execution()).toMatchObject({ status: 'rolling_back', fence: 2 })
  })
  it('is of an execution that was queued', async () => {
    expect(await reason(world(), claimed())).toBe('illegal_transition')
    for (const event of all()) expect(await reason(world(), event)).toBe('illegal_transition')
  })
})

describe('a forward write', () => {
  const intend = work('write_intended')
  it('is intended once per step, whatever became of it', async () => {
    for (const then of [[], [work('write_taken')], [work('write_refused')]])
      expect(await reason(await told(...CLAIMED, intend, ...then), intend)).toBe('illegal_transition')
    expect(await reason(await told(...CLAIMED, work('write_skipped')), intend)).toBe('illegal_transition')
  })
  it('is intended once per step, also by the next worker', async () => {
    const made = await told(...CLAIMED, intend, claimed(2))
    expect(await reason(made, work('write_intended', { fence: 2 }))).toBe('illegal_transition')
  })
  it('is of a step that the plan has', async () => {
    const made = await told(...CLAIMED)
    for (const step of [0, 3, -1, 1.5])
      expect(await reason(made, work('write_intended', { step }))).toBe('illegal_transition')
  })
  it('is refused after a stop, and what was written is verified, undone and ended all the same', async () => {
    const made = await told(...WRITTEN, stopped())
    expect(await reason(made, work('write_intended', { step: 2 }))).toBe('illegal_transition')
    await made.must(
      work('tier_judged'),
      work('soak_started'),
      work('rollback_started'),
      work('undo_intended'),
      work('undo_taken'),
      work('undo_settled'),
      ended('rolled_back'),
    )
  })
  it('is refused after a stop that came before the claim', async () => {
    const made = await told(...QUEUED, stopped(), claimed())
    expect(await reason(made, intend)).toBe('illegal_transition')
  })
  it('that was under way when the stop came is recorded as what it was', async () => {
    await (await told(...CLAIMED, intend, stopped())).must(work('write_taken'))
    await (await told(...CLAIMED, intend, stopped())).must(work('write_refused'))
  })
  it.each<[string, (made: World) => void]>([
    ['the time is over', ({ clock }) => clock.advance(60 * 60_000 + 1)],
    ['the wall clock alone says so', ({ clock }) => clock.setWall(60 * 60_000 + 1)],
    ['the monotonic clock alone says so', ({ clock }) => clock.creep(60 * 60_000 + 1)],
    ['the wall clock was set back', ({ clock }) => clock.setWall(-1)],
    ['the machine was booted anew', ({ clock }) => clock.reboot()],
  ])('is refused past the deadline (%s), and the undo of what was written is not', async (_, pass) => {
    const made = await told(...WRITTEN)
    pass(made)
    expect(await reason(made, work('write_intended', { step: 2 }))).toBe('illegal_transition')
    await made.must(
      work('tier_judged'),
      work('rollback_started'),
      work('undo_intended'),
      work('undo_taken'),
      ended('rolled_back'),
    )
  })
  it('is legal to the last millisecond of the deadline, which counts from when it was queued', async () => {
    const made = await told(...QUEUED)
    made.clock.advance(30 * 60_000)
    await made.must(claimed())
    made.clock.advance(30 * 60_000)
    await made.must(intend)
    made.clock.advance(1)
    expect(await reason(made, work('write_intended', { step: 2 }))).toBe('illegal_transition')
  })
  it('has the deadline of its own execution', async () => {
    const made = await told(proposed(), asked(), decided(), minted(), queued({ deadline: minutes(1) }), claimed())
    made.clock.advance(60_001)
    expect(await reason(made, intend)).toBe('illegal_transition')
  })
  it('is not begun while soaking or undoing', async () => {
    const second = work('write_intended', { step: 2 })
    expect(await reason(await told(...WRITTEN, work('soak_started')), second)).toBe('illegal_transition')
    expect(await reason(await told(...UNDOING), second)).toBe('illegal_transition')
    await (await told(...WRITTEN, work('soak_started'), work('wave_started'))).must(second)
  })
})

describe('the large steps', () => {
  const LARGE = ['wave_started', 'soak_started', 'rollback_started'] as const
  const STATES: readonly (readonly [ExecutionStatus, readonly JournalEvent[], readonly (typeof LARGE)[number][]])[] = [
    ['applying', WRITTEN, ['wave_started', 'soak_started', 'rollback_started']],
    ['soaking', [...WRITTEN, work('soak_started')], ['wave_started', 'rollback_started']],
    ['rolling_back', UNDOING, []],
  ]
  it.each(STATES)('from %s: only where they make sense', async (status, events, legal) => {
    for (const kind of LARGE) {
      const made = await told(...events)
      expect((await made.execution()).status).toBe(status)
      expect(await reason(made, work(kind)), kind).toBe(legal.includes(kind) ? undefined : 'illegal_transition')
    }
  })
})

describe('a step', () => {
  type Name = 'none' | 'intended' | 'taken' | 'refused'
  const WRITE: Readonly<Record<Name, readonly JournalEvent[]>> = {
    none: [],
    intended: [work('write_intended')],
    taken: [work('write_intended'), work('write_taken')],
    refused: [work('write_intended'), work('write_refused')],
  }
  const UNDO: Readonly<Record<Name, readonly JournalEvent[]>> = {
    none: [],
    intended: [work('undo_intended')],
    taken: [work('undo_intended'), work('undo_taken')],
    refused: [work('undo_intended'), work('undo_refused')],
  }
  /** Write state and undo state → what may be recorded next, with an undo under way as the only place to undo. */
  const LEGAL: readonly (readonly [WriteState, WriteState, readonly string[]])[] = [
    ['none', 'none', ['write_skipped']],
    ['intended', 'none', ['write_taken', 'write_refused', 'undo_intended']],
    ['taken', 'none', ['undo_rehearsed', 'tier_judged', 'undo_intended']],
    ['refused', 'none', []],
    ['intended', 'intended', ['write_taken', 'write_refused', 'undo_intended', 'undo_taken', 'undo_refused']],
    ['intended', 'taken', ['write_taken', 'write_refused', 'undo_settled']],
    ['intended', 'refused', ['write_taken', 'write_refused', 'undo_intended']],
    ['taken', 'intended', ['undo_rehearsed', 'tier_judged', 'undo_intended', 'undo_taken', 'undo_refused']],
    ['taken', 'taken', ['undo_rehearsed', 'tier_judged', 'undo_settled']],
    ['taken', 'refused', ['undo_rehearsed', 'tier_judged', 'undo_intended']],
  ]
  const OF_STEPS = WORKED.filter((kind) => !['wave_started', 'soak_started', 'rollback_started'].includes(kind))
  it.each(LEGAL)('with write %s and undo %s takes exactly what may follow', async (write, undo, legal) => {
    for (const kind of OF_STEPS) {
      const made = await told(...CLAIMED, ...WRITE[write], work('rollback_started'), ...UNDO[undo])
      const [step] = (await made.execution()).steps
      expect(step).toMatchObject({ write, undo })
      expect(await reason(made, work(kind)), kind).toBe(legal.includes(kind) ? undefined : 'illegal_transition')
    }
  })
  it('is undone only under a recorded reason', async () => {
    for (const events of [WRITTEN, [...WRITTEN, work('soak_started')]]) {
      const made = await told(...events)
      for (const kind of ['undo_intended', 'undo_taken', 'undo_refused', 'undo_settled'] as const)
        expect(await reason(made, work(kind)), kind).toBe('illegal_transition')
    }
  })
  it('changes alone: what is recorded of one is not said of another', async () => {
    const made = await told(...CLAIMED, work('write_intended', { step: 2 }))
    expect((await made.execution()).steps).toMatchObject([{ write: 'none' }, { write: 'intended' }])
  })
})

describe('an end', () => {
  it.each(FINAL)('as %s is an end: nothing is recorded after it', async (status) => {
    const before =
      status === 'rolled_back'
        ? [...UNDOING, work('undo_intended'), work('undo_taken')]
        : [...BOTH, work('tier_judged'), work('tier_judged', { step: 2 })]
    const made = await told(...before, ended(status))
    const later = [...all(), ...all({ fence: 2 }), claimed(2), stopped(), ended('needs_human', null), ended('holding')]
    for (const event of later) expect(await reason(made, event), event.kind).toBe('illegal_transition')
    expect(await made.execution()).toMatchObject({ status })
  })
  it('has a status that is final', async () => {
    for (const status of ['queued', 'applying', 'soaking', 'rolling_back'] as const)
      expect(await reason(await told(...BOTH), ended(status)), status).toBe('illegal_transition')
  })
  it('is said by the worker; anybody else may only say that a person is needed', async () => {
    for (const status of FINAL) {
      const made = await told(...BOTH, work('tier_judged'), work('tier_judged', { step: 2 }))
      const legal = status === 'needs_human'
      expect(await reason(made, ended(status, null)), status).toBe(legal ? undefined : 'illegal_transition')
    }
  })
  it.each(['succeeded', 'unverified'] as const)(
    'as %s needs every step written and none taken back',
    async (status) => {
      const [first, second] = [work('tier_judged'), work('tier_judged', { step: 2 })]
      expect(await reason(await told(...WRITTEN, first), ended(status))).toBe('illegal_transition')
      const open = [...WRITTEN, first, work('write_intended', { step: 2 })]
      expect(await reason(await told(...open), ended(status))).toBe('illegal_transition')
      expect(await reason(await told(...open, work('write_refused', { step: 2 })), ended(status))).toBe(
        'illegal_transition',
      )
      const undone = [...BOTH, first, second, work('rollback_started'), work('undo_intended'), work('undo_taken')]
      expect(await reason(await told(...undone), ended(status))).toBe('illegal_transition')
      await (await told(...BOTH, first, second)).must(ended(status))
    },
  )
  it('as succeeded needs every step seen to run well to the end of its soak', async () => {
    expect(await reason(await told(...BOTH), ended('succeeded'))).toBe('illegal_transition')
    expect(await reason(await told(...BOTH, work('tier_judged')), ended('succeeded'))).toBe('illegal_transition')
    const failed = work('tier_judged', { step: 2 })
    const facts = { ...failed.facts, passed: false } as never
    const made = await told(...BOTH, work('tier_judged'), failed, { ...failed, facts })
    expect(await reason(made, ended('succeeded'))).toBe('illegal_transition')
  })
  it('as rolled_back needs something that was written, and all of it taken back', async () => {
    expect(await reason(await told(...CLAIMED), ended('rolled_back'))).toBe('illegal_transition')
    expect(await reason(await told(...UNDOING), ended('rolled_back'))).toBe('illegal_transition')
    const half = [...BOTH, work('rollback_started'), work('undo_intended'), work('undo_taken')]
    expect(await reason(await told(...half), ended('rolled_back'))).toBe('illegal_transition')
    const unclear = [...CLAIMED, work('write_intended'), work('rollback_started')]
    expect(await reason(await told(...unclear), ended('rolled_back'))).toBe('illegal_transition')
    const second = [work('undo_intended', { step: 2 }), work('undo_taken', { step: 2 })]
    await (await told(...half, ...second)).must(ended('rolled_back'))
  })
})

describe('a stop', () => {
  it('may be asked for by anybody and more than once, and ends nothing by itself', async () => {
    const made = await told(...WRITTEN, stopped(), stopped())
    expect(await made.execution()).toMatchObject({ status: 'applying', stopRequested: true })
  })
  it('is of an execution that there is', async () => {
    expect(await reason(world(), stopped())).toBe('illegal_transition')
  })
})

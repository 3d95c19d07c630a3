import { describe, expect, it } from 'vitest'
import { fail, pass, wait, type Judged } from '../../../src/executor/verify/judged.ts'
import type { Judgement } from '../../../src/executor/verify/judgement.ts'
import {
  advance,
  advanceUnseen,
  beginProgress,
  type Outcome,
  type Progress,
} from '../../../src/executor/verify/progress.ts'
import type { Tier } from '../../../src/model/verification.ts'
import { VERIFICATION } from '../support/objects.ts'

const fine = pass('fine.')
interface Seen {
  readonly tiers?: Partial<Record<Tier, Judged>>
  readonly idle?: string
  readonly pods?: readonly string[]
}
const judgement = ({ tiers, idle, pods = ['a', 'b'] }: Seen): Judgement => ({
  tiers: { changes: fine, health: fine, readiness: fine, stability: fine, ...tiers },
  idle,
  readyPods: pods,
})

/** What a series of looks comes to: seconds, and what was seen (nothing: the query failed). */
function after(looks: readonly (readonly [second: number, seen: Seen | null])[]): {
  outcome?: Outcome
  progress: Progress
} {
  let progress = beginProgress(0)
  for (const [second, seen] of looks) {
    const at = second * 1000
    const next = seen
      ? advance(progress, { ...judgement(seen), at }, VERIFICATION)
      : advanceUnseen(progress, at, VERIFICATION)
    if (next.outcome) return { outcome: next.outcome, progress: next.progress }
    progress = next.progress
  }
  return { progress }
}
const rolling: Seen = { tiers: { health: wait('1 of 2.', 'rollout_deadline') } }
const unready: Seen = { tiers: { readiness: wait('1 of 2 ready.', 'not_ready') } }

describe('verification of one step (rollout deadline 60 s, soak 10 s)', () => {
  it('is verified when all tiers hold through the soak', () => {
    const { outcome } = after([
      [1, rolling],
      [5, {}],
      [14, {}],
      [15, {}],
    ])
    expect(outcome).toEqual({ kind: 'verified', message: 'Short soak passed: 2 pods ran 10 s.' })
  })

  it('is not verified before the soak is over', () => {
    expect(
      after([
        [5, {}],
        [14, {}],
      ]).outcome,
    ).toBeUndefined()
  })

  it('fails at once, not at the deadline, when something is broken', () => {
    const { outcome } = after([
      [2, { tiers: { stability: fail('oom_killed', 'OOM.'), health: wait('', 'not_ready') } }],
    ])
    expect(outcome).toMatchObject({ kind: 'failed', tier: 'stability', failure: { cause: 'oom_killed' } })
  })

  it('fails in the middle of the soak too', () => {
    const { outcome } = after([
      [2, {}],
      [5, { tiers: { stability: fail('restarts', '2.') } }],
    ])
    expect(outcome).toMatchObject({ kind: 'failed', failure: { cause: 'restarts' } })
  })

  it('holds a foreign change above everything else: what is not ours is not judged by how it runs', () => {
    const tiers = { changes: fail('superseded', 'A newer deploy.'), stability: fail('oom_killed', 'OOM.') }
    expect(after([[2, { tiers }]]).outcome).toMatchObject({ tier: 'changes', failure: { cause: 'superseded' } })
  })

  it('fails when the rollout deadline passes, by the cause that says most', () => {
    const stuck: Seen = {
      tiers: {
        stability: wait('No room.', 'unschedulable'),
        readiness: wait('0 of 2.', 'not_ready'),
        health: wait('0 of 2.', 'rollout_deadline'),
      },
    }
    expect(after([[59, stuck]]).outcome).toBeUndefined()
    expect(after([[60, stuck]]).outcome).toMatchObject({
      tier: 'stability',
      failure: { cause: 'unschedulable', message: 'After 60 s still: No room.' },
    })
    expect(after([[60, unready]]).outcome).toMatchObject({ tier: 'readiness', failure: { cause: 'not_ready' } })
    expect(after([[60, rolling]]).outcome).toMatchObject({ failure: { cause: 'rollout_deadline' } })
  })

  it('says why a Deployment exceeded its own deadline: an image that is late is no matter of resources', () => {
    const health = fail('rollout_deadline', 'Rollout: the Deployment exceeded its own progress deadline.')
    const tiers = { health, stability: wait('No image.', 'image_pull') }
    expect(after([[20, { tiers }]]).outcome).toMatchObject({ tier: 'health', failure: { cause: 'image_pull' } })
    expect(after([[20, { tiers: { health } }]]).outcome).toMatchObject({ failure: { cause: 'rollout_deadline' } })
  })

  it('is unverified where nothing runs with the values', () => {
    expect(after([[1, { ...rolling, idle: 'Scaled to zero.' }]]).outcome).toEqual({
      kind: 'unverified',
      message: 'Scaled to zero.',
    })
  })

  it('does not blame old pods of a workload on which nothing runs with the values', () => {
    const seen: Seen = { idle: 'Paused.', tiers: { stability: fail('oom_killed', 'OOM.') } }
    expect(after([[1, seen]]).outcome).toMatchObject({ kind: 'unverified' })
  })

  it('forgives a moment without readiness in the soak, if all is well at its end', () => {
    expect(
      after([
        [1, {}],
        [5, unready],
        [6, {}],
        [11, {}],
      ]).outcome,
    ).toMatchObject({ kind: 'verified' })
  })

  it('does not pass while something is not ready, and fails when that lasts as long as a rollout may', () => {
    const looks = [
      [1, {}],
      [8, unready],
      [11, unready],
      [30, unready],
    ] as const
    expect(after(looks).outcome).toBeUndefined()
    expect(after([...looks, [68, unready]]).outcome).toMatchObject({ failure: { cause: 'not_ready' } })
    expect(after([...looks, [31, {}]]).outcome).toMatchObject({ kind: 'verified' })
  })

  it('is unverified when no pod ran through the whole soak', () => {
    expect(
      after([
        [1, { pods: ['a'] }],
        [11, { pods: ['b'] }],
      ]).outcome,
    ).toMatchObject({ kind: 'unverified' })
  })
})

describe('verification while the cluster cannot be asked', () => {
  it('goes on looking until the deadline, and then knows nothing', () => {
    expect(
      after([
        [1, rolling],
        [59, null],
      ]).outcome,
    ).toBeUndefined()
    expect(
      after([
        [1, rolling],
        [60, null],
      ]).outcome,
    ).toMatchObject({
      kind: 'unseen',
      message: expect.stringContaining('59 s'),
    })
  })

  it('never passes, however long the soak was', () => {
    expect(
      after([
        [1, {}],
        [20, null],
        [59, null],
        [70, null],
      ]).outcome,
    ).toMatchObject({ kind: 'unseen' })
  })

  it('does not give up because one query failed at the wrong moment', () => {
    expect(
      after([
        [40, rolling],
        [61, null],
      ]).outcome,
    ).toBeUndefined()
  })

  it('goes on as before when the cluster is back', () => {
    expect(
      after([
        [1, {}],
        [20, null],
        [40, {}],
      ]).outcome,
    ).toMatchObject({ kind: 'verified' })
  })
})

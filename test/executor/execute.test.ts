import { describe, expect, it } from 'vitest'
import { story } from './support/story.ts'
import { NEW } from './support/objects.ts'

describe('an execution', () => {
  it('writes, watches, soaks, and succeeds with a healthy change', async () => {
    const { run, cluster, events, clock, recorded } = story()
    const { status, why, state } = await run([[cluster.deploy('web')]])
    expect(why).toBe('Of 1 workload: 1 verified. shop/deployment/web: Short soak passed: 2 pods ran 10 s.')
    expect(status).toBe('succeeded')
    expect(await events()).toEqual([
      'execution_queued',
      'execution_claimed',
      'write_intended 1',
      'write_taken 1',
      'undo_rehearsed 1',
      'tier_judged 1',
      'tier_judged 1',
      'tier_judged 1',
      'soak_started',
      'tier_judged 1',
      'execution_ended',
    ])
    expect(cluster.sent).toEqual([{ workload: 'web', way: 'do' }])
    const tiers = await recorded('tier_judged')
    expect(tiers.map(({ tier, passed, tookMs }) => [tier, passed, tookMs])).toEqual([
      ['changes', true, 1_000],
      ['health', true, 3_000],
      ['readiness', true, 3_000],
      ['stability', true, 13_000],
    ])
    expect(clock.elapsed()).toBeLessThan(15_000)
    expect(state.steps[0]).toMatchObject({ write: 'taken', undo: 'none', undoRehearsed: true, generation: 2 })
  })
})

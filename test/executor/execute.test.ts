import { describe, expect, it } from 'vitest'
import { execute } from '../../src/executor/execute.ts'
import { problem } from '../../src/model/problem.ts'
import { failed, ok } from '../../src/model/result.ts'
import { minutes } from '../../src/model/time.ts'
import { NEW, OLD } from './support/objects.ts'
import { story } from './support/story.ts'
import type { Behaviour, Fate } from './support/toy-deployment.ts'

/** Fine with the old values, and this with the new ones. */
const after =
  (fate: Fate): Behaviour =>
  ({ limits }) =>
    limits?.['memory'] === NEW.limits?.['memory'] ? fate : 'fine'

describe('a healthy change', () => {
  it('is written, watched, soaks, and succeeds', async () => {
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

  it('is recorded with the baseline it is judged by', async () => {
    const { run, cluster, journal } = story()
    await run([[cluster.deploy('web')]])
    const entries = await journal.entries(0)
    const intent = entries.ok ? entries.value.find(({ event }) => event.kind === 'write_intended') : undefined
    expect(await journal.payload(intent?.payload ?? '')).toMatchObject({
      ok: true,
      value: { baseline: { replicas: 2, ready: 2, replicaSet: { name: 'web-h1' }, restarts: {} } },
    })
  })

  it('keeps giving signs of life, five seconds apart, and stops when it is done', async () => {
    const { run, cluster, leases, clock } = story()
    await run([[cluster.deploy('web')]])
    expect(leases.map(({ beat }) => beat.monotonic)).toEqual([0, 5_000, 10_000])
    expect(leases[0]).toMatchObject({ execution: 'x-test', fence: 1, pid: 1 })
    await clock.sleep(60_000)
    expect(leases).toHaveLength(3)
  })

  it('of a workload without replicas is written, and said to be unverified', async () => {
    const { run, cluster } = story()
    const { status, why } = await run([[cluster.deploy('web', undefined, 0)]])
    expect(status).toBe('unverified')
    expect(why).toContain('scaled to zero')
  })

  it('waits for a wave to stand before it writes the next', async () => {
    const { run, cluster, events } = story()
    const { status } = await run([
      [cluster.deploy('late'), { wave: 2 }],
      [cluster.deploy('first'), { wave: 1 }],
    ])
    expect(status).toBe('succeeded')
    expect(cluster.sent.map(({ workload }) => workload)).toEqual(['first', 'late'])
    const kinds = (await events()).filter((kind) => /wave|soak|intended/.test(kind))
    expect(kinds).toEqual(['write_intended 2', 'soak_started', 'wave_started', 'write_intended 1', 'soak_started'])
  })

  it('leaves the next wave alone when one did not stand', async () => {
    const { run, cluster } = story()
    const { status, why, state } = await run([
      [cluster.deploy('bad', after('oom')), { wave: 1 }],
      [cluster.deploy('later'), { wave: 2 }],
    ])
    expect(status).toBe('rolled_back')
    expect(why).toContain('1 undone, 1 not started')
    expect(state.steps[1]).toMatchObject({ write: 'none' })
  })
})

describe('a change that hurts', () => {
  it('by OOM kills is undone by itself as soon as that is seen, and the old ReplicaSet serves again', async () => {
    const { run, cluster, events, clock, state } = story()
    const { status, why } = await run([[cluster.deploy('web', after('oom'))]])
    expect(status).toBe('rolled_back')
    expect(why).toMatch(/was OOM-killed\. Undone: the old ReplicaSet web-h1 serves again/)
    expect(cluster.sent).toEqual([
      { workload: 'web', way: 'do' },
      { workload: 'web', way: 'undo' },
    ])
    expect((await events()).slice(-7)).toEqual([
      'tier_judged 1',
      'tier_judged 1',
      'rollback_started',
      'undo_intended 1',
      'undo_taken 1',
      'undo_settled 1',
      'execution_ended',
    ])
    // Two seconds to see it and three to be back: nobody waited for the rollout deadline of a minute.
    expect(clock.elapsed()).toBeLessThan(8_000)
    expect((await state()).steps[0]?.undoSettled).toMatchObject({ complete: true })
  })

  it.each([
    ['crash', 'crash_loop'],
    ['never_ready', 'not_ready'],
    ['unschedulable', 'unschedulable'],
    ['quota', 'failed_create'],
  ] as const)('by %s is undone by itself', async (fate, cause) => {
    const { run, cluster, recorded } = story()
    const { status } = await run([[cluster.deploy('web', after(fate))]])
    expect(status).toBe('rolled_back')
    expect((await recorded('tier_judged')).find(({ passed }) => !passed)).toMatchObject({ cause })
  })

  it('late, in the soak, is undone too', async () => {
    const { run, cluster, recorded, events } = story()
    const { status } = await run([[cluster.deploy('web', after('restarts_later'))]])
    expect(status).toBe('rolled_back')
    expect(await events()).toContain('soak_started')
    const tiers = await recorded('tier_judged')
    expect(tiers.map(({ tier, passed }) => [tier, passed])).toEqual([
      ['changes', true],
      ['health', true],
      ['readiness', true],
      ['stability', false],
    ])
    expect(tiers.at(-1)).toMatchObject({ cause: 'restarts' })
  })

  it('is left as it is where the plan says so', async () => {
    const { run, cluster } = story()
    const { status, why } = await run([[cluster.deploy('web', after('oom'))]], {
      verification: { undoOnFailure: false },
    })
    expect(status).toBe('holding')
    expect(why).toContain('not undone by itself, because the plan says')
    expect(cluster.sent).toHaveLength(1)
  })

  it('is not undone where that would take memory from what ran out of memory', async () => {
    const { run, cluster } = story()
    const more = { requests: OLD.requests!, limits: { memory: '512Mi' } }
    const bad: Behaviour = ({ limits }) => (limits?.['memory'] === '512Mi' ? 'oom' : 'fine')
    const { status, why } = await run([[cluster.deploy('web', bad), { after: more }]])
    expect(status).toBe('holding')
    expect(why).toContain('undoing would lower the memory')
    expect(cluster.sent).toHaveLength(1)
  })

  it('is not undone when the image cannot be pulled', async () => {
    const { run, cluster } = story()
    const { status, why } = await run([[cluster.deploy('web', after('image'))]])
    expect(status).toBe('holding')
    expect(why).toMatch(/After 60 s still: The image .* nothing to do with resources/)
  })

  it('is undone while what is well stays', async () => {
    const { run, cluster, state } = story()
    const { status, why } = await run([[cluster.deploy('good')], [cluster.deploy('bad', after('oom'))]])
    expect(status).toBe('partly_applied')
    expect(why).toMatch(/^Of 2 workloads: 1 undone, 1 verified\. shop\/deployment\/bad: /)
    expect((await state()).steps.map(({ undo }) => undo)).toEqual(['none', 'taken'])
  })

  it('is undone together with the others that hurt, under one heading', async () => {
    const { run, cluster, recorded } = story()
    const objects = ['a', 'b', 'c'].map((name) => [cluster.deploy(name, after('oom'))] as const)
    expect((await run(objects)).status).toBe('rolled_back')
    expect(await recorded('rollback_started')).toHaveLength(1)
    expect(await recorded('undo_taken')).toHaveLength(3)
  })

  it('stops the writes that are left', async () => {
    const { run, cluster, clock } = story()
    const slow = async () => {
      await clock.sleep(3_000)
      return ok(null)
    }
    const bad = cluster.deploy('bad', after('oom'))
    const { status, state } = await run([[bad], [cluster.deploy('b')], [cluster.deploy('c')]], { recheck: slow })
    expect(state.steps.map(({ write }) => write)).toEqual(['taken', 'none', 'none'])
    expect(status).toBe('rolled_back')
  })
})

describe('a change that somebody else touches', () => {
  it('is held, not undone, when it is reverted', async () => {
    const { run, cluster, clock, recorded } = story()
    const object = cluster.deploy('web')
    clock.at(6_000, () => cluster.deployment('web').edit(clock.elapsed(), (now) => ({ ...now, spec: object['spec']! })))
    const { status, why } = await run([[object]])
    expect(status).toBe('holding')
    expect(why).toContain('somebody else took the change back already')
    expect((await recorded('tier_judged')).at(-1)).toMatchObject({ tier: 'changes', passed: false, cause: 'reverted' })
    expect(cluster.sent).toHaveLength(1)
  })

  it('is held, not undone, when a newer deploy comes, even if that runs badly', async () => {
    const { run, cluster, clock } = story()
    const object = cluster.deploy('web', after('oom'))
    clock.at(500, () => cluster.deployment('web').edit(clock.elapsed(), restarted))
    const { status, why } = await run([[object]])
    expect(status).toBe('holding')
    expect(why).toContain('A newer deploy changed the pod template: metadata.annotations')
    expect(cluster.sent).toHaveLength(1)
  })

  const restarted = (now: object) => {
    const { spec, ...rest } = now as { spec: { template: { metadata: object } } }
    const annotations = { 'kubectl.kubernetes.io/restartedAt': 'now' }
    const template = { ...spec.template, metadata: { ...spec.template.metadata, annotations } }
    return { ...rest, spec: { ...spec, template } } as never
  }

  it('is held when the workload is deleted', async () => {
    const { run, cluster, clock } = story()
    const object = cluster.deploy('web')
    clock.at(1_500, () => (cluster.whenReading = () => problem('api_not_found', 'Gone.', '')))
    const { status, why } = await run([[object]])
    expect(status).toBe('holding')
    expect(why).toContain('deleted by somebody else')
  })

  it('before the write is refused, and explained', async () => {
    const { run, cluster } = story()
    const object = cluster.deploy('web')
    cluster.deployment('web').edit(0, (now) => JSON.parse(JSON.stringify(now).replace('256Mi', '300Mi')))
    const { status, why, state } = await run([[object]])
    expect(status).toBe('holding')
    expect(why).toContain('Not written: app limits.memory was changed by somebody from 256Mi to 300Mi.')
    expect(state.steps[0]).toMatchObject({ write: 'refused', trouble: expect.stringContaining('300Mi') })
  })
})

describe('what stops writing', () => {
  it('is a stop, seen before the second step; the first is watched to its end', async () => {
    const { run, cluster, requestStop, recorded } = story()
    const recheck = async (_: unknown, step: number) => {
      if (step === 1) await requestStop()
      return ok(null)
    }
    // The stop comes while the first step is being checked: even that one is not written any more.
    const ended = await run([[cluster.deploy('a')], [cluster.deploy('b')]], { recheck })
    expect(ended.status).toBe('holding')
    expect(ended.why).toContain('A stop was requested.')
    expect(cluster.sent).toEqual([])

    const second = story()
    second.cluster.whenSending = () => {
      void second.requestStop()
      return undefined
    }
    const rechecked: number[] = []
    const half = await second.run([[second.cluster.deploy('a')], [second.cluster.deploy('b')]], {
      recheck: async (_, step) => {
        rechecked.push(step)
        return ok(null)
      },
    })
    expect(rechecked).toEqual([1])
    expect(half.status).toBe('partly_applied')
    expect(second.cluster.sent).toEqual([{ workload: 'a', way: 'do' }])
    expect(half.why).toContain('shop/deployment/b: Not written: A stop was requested.')
    expect(await recorded('tier_judged')).toEqual([])
    expect((await second.recorded('tier_judged')).at(-1)).toMatchObject({ step: 1, tier: 'stability', passed: true })
  })

  it('is not what stops an undo', async () => {
    const { run, cluster, requestStop } = story()
    cluster.whenSending = ({ way }) => {
      if (way === 'do') void requestStop()
      return undefined
    }
    const { status } = await run([[cluster.deploy('web', after('oom'))]])
    expect(status).toBe('rolled_back')
  })

  it('is the execution deadline', async () => {
    const { queue, cluster, clock, ports, state } = story()
    const approved = await queue([cluster.deploy('web')])
    await clock.sleep(minutes(61))
    const recheck = async () => failed(problem('plan_stale', 'Not asked for.', ''))
    expect(await execute(approved, ports({ recheck }))).toEqual(ok('holding'))
    expect((await state()).why).toContain('The execution deadline has passed.')
    expect(cluster.sent).toEqual([])
  })

  it('is not the deadline for an undo', async () => {
    const { run, cluster, clock } = story()
    const { status } = await run([[cluster.deploy('web', after('never_ready'))]], {
      verification: { rolloutDeadline: minutes(90) },
    })
    expect(clock.elapsed()).toBeGreaterThan(minutes(60))
    expect(status).toBe('rolled_back')
  })

  it('is a recheck that says no, for that workload alone', async () => {
    const { run, cluster, events } = story()
    const moved = failed(problem('plan_stale', 'The image is another now.', 'Make a new plan.'))
    const recheck = async (_: unknown, step: number) => (step === 1 ? moved : ok(null))
    const { status, why, state } = await run([[cluster.deploy('a')], [cluster.deploy('b')]], { recheck })
    expect(status).toBe('partly_applied')
    expect(why).toContain('shop/deployment/a: Not written: The image is another now.')
    expect(state.steps[0]).toMatchObject({ write: 'refused', trouble: 'The image is another now.' })
    expect(await events()).toContain('write_skipped 1')
    expect(cluster.sent).toEqual([{ workload: 'b', way: 'do' }])
  })

  it('is a baseline that cannot be read', async () => {
    const { run, cluster } = story()
    const a = cluster.deploy('a')
    const b = cluster.deploy('b')
    cluster.whenReading = () => problem('api_unreachable', 'No route.', 'Check it.')
    const { status, why } = await run([[a], [b]])
    expect(status).toBe('holding')
    expect(why).toContain('1 not written, 1 not started')
    expect(cluster.sent).toEqual([])
  })

  it('is a workload that is gone, for that workload alone, and at once', async () => {
    const { run, cluster, clock } = story()
    const gone = cluster.deploy('a')
    const [b, before] = [cluster.deploy('b'), cluster.objects]
    const objects: typeof cluster.objects = {
      ...before,
      workload: async (ref) =>
        ref.name === 'a' ? failed(problem('api_not_found', 'No a.', '')) : before.workload(ref),
    }
    let asked = Number.NaN
    cluster.whenSending = () => {
      asked = clock.elapsed()
      return undefined
    }
    expect((await run([[gone], [b]], { objects })).status).toBe('partly_applied')
    expect(asked).toBe(0)
  })

  it('is another cluster than the plan’s, or none', async () => {
    const { run, cluster } = story()
    const objects = {
      ...cluster.objects,
      fingerprint: async () => ok({ kubeSystemUid: 'other', apiOrigin: '', caHash: '', serverVersion: '' }),
    }
    const { status, why } = await run([[cluster.deploy('web')]], { objects })
    expect(status).toBe('holding')
    expect(why).toContain('another cluster')
    const second = story()
    const gone = failed(problem('api_unreachable', 'No route.', ''))
    const lost = { ...second.cluster.objects, fingerprint: async () => gone }
    expect((await second.run([[second.cluster.deploy('web')]], { objects: lost })).why).toContain('No route.')
    expect([...cluster.sent, ...second.cluster.sent]).toEqual([])
  })

  it('is an undo that would not be taken, where the plan promises one', async () => {
    const { run, cluster, state } = story()
    cluster.whenRehearsing = () => problem('api_forbidden', 'You may not.', 'Ask.')
    const { status, why } = await run([[cluster.deploy('a')], [cluster.deploy('b')]])
    expect(status).toBe('partly_applied')
    expect(why).toContain('The undo would not be taken: You may not.')
    expect((await state()).steps.map(({ write, undoRehearsed }) => [write, undoRehearsed])).toEqual([
      ['taken', false],
      ['none', null],
    ])
  })

  it('is not such an undo where the plan promises none; it is reported', async () => {
    const { run, cluster } = story()
    cluster.whenRehearsing = () => problem('api_forbidden', 'You may not.', 'Ask.')
    const objects = [[cluster.deploy('a')], [cluster.deploy('b')]] as const
    const { status, why } = await run(objects, { verification: { undoOnFailure: false } })
    expect(status).toBe('succeeded')
    expect(why.match(/would not be taken/g)).toHaveLength(2)
  })

  it('is a credential that is not accepted: the other workloads are not tried', async () => {
    const { run, cluster } = story()
    cluster.whenSending = () => ({ problem: problem('api_unauthorized', 'Not accepted.', 'Log in.'), arrives: false })
    const { why } = await run([[cluster.deploy('a')], [cluster.deploy('b')]])
    expect(why).toContain('1 not written, 1 not started')
    expect(cluster.sent).toHaveLength(1)
  })
})

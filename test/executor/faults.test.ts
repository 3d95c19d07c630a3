import { describe, expect, it } from 'vitest'
import { execute } from '../../src/executor/execute.ts'
import { nameOf, objectAt } from '../../src/executor/field.ts'
import { openJournal } from '../../src/journal/journal.ts'
import type { EntryStore } from '../../src/journal/entry-store.ts'
import type { JsonObject } from '../../src/model/json.ts'
import { problem } from '../../src/model/problem.ts'
import { failed, ok, type Result } from '../../src/model/result.ts'
import type { ApprovedPlan } from '../../src/safety/approval/approved-plan.ts'
import { memoryEntryStore } from '../harness/memory-entry-store.ts'
import { queuedExecution } from '../harness/queued-execution.ts'
import { virtualClock } from '../harness/virtual-clock.ts'
import { NEW } from './support/objects.ts'
import { story } from './support/story.ts'
import { LOST, type Fault } from './support/toy-cluster.ts'
import type { Behaviour } from './support/toy-deployment.ts'

const oom: Behaviour = ({ limits }) => (limits?.['memory'] === NEW.limits?.['memory'] ? 'oom' : 'fine')

describe('an answer that is lost', () => {
  it('is taken for a write when our values and our mark are there', async () => {
    const { run, cluster, recorded } = story()
    cluster.whenSending = () => ({ problem: LOST, arrives: true })
    const { status } = await run([[cluster.deploy('web')]])
    expect(status).toBe('succeeded')
    expect(await recorded('write_taken')).toMatchObject([{ auditId: null, generation: 2 }])
    expect(cluster.sent).toHaveLength(1)
  })

  it('is taken for no write when the old values stay, and only after a while', async () => {
    const { run, cluster, clock, recorded } = story()
    cluster.whenSending = () => ({ problem: LOST, arrives: false })
    const { status, why } = await run([[cluster.deploy('a')], [cluster.deploy('b')]])
    expect(status).toBe('holding')
    expect(why).toContain('The values are unchanged.')
    expect(clock.elapsed()).toBeGreaterThanOrEqual(30_000)
    expect(await recorded('write_refused')).toMatchObject([{ step: 1, reason: 'api_unreachable' }])
    expect(cluster.sent).toHaveLength(1)
  })

  it('is seen to have arrived late', async () => {
    const { run, cluster, clock } = story()
    const object = cluster.deploy('web')
    cluster.whenSending = () => ({ problem: LOST, arrives: false })
    const { writer } = cluster
    const late = {
      ...writer,
      send: async (plan: ApprovedPlan, step: number, way: 'do' | 'undo') => {
        clock.at(clock.elapsed() + 25_000, () => {
          cluster.whenSending = () => undefined
          void writer.send(plan, step, way)
        })
        return failed(LOST)
      },
    }
    expect((await run([[object]], { writer: late })).status).toBe('succeeded')
  })

  it('needs a person when somebody else’s values are there', async () => {
    const { run, cluster, events, state } = story()
    const object = cluster.deploy('web')
    cluster.whenSending = () => {
      cluster.deployment('web').edit(0, (now) => JSON.parse(JSON.stringify(now).replace('256Mi', '300Mi')))
      return { problem: LOST, arrives: false }
    }
    const { status, why } = await run([[object], [cluster.deploy('b')]])
    expect(status).toBe('needs_human')
    expect(why).toContain('not known whether the change was written')
    expect(why).toContain('from 256Mi to 300Mi')
    expect(why).toContain("kubectl -n shop patch deployment web --type=json -p '[")
    expect((await state()).steps.map(({ write }) => write)).toEqual(['intended', 'none'])
    expect((await events()).at(-1)).toBe('execution_ended')
  })

  it('needs a person when our values are there under another’s mark', async () => {
    const { run, cluster } = story()
    const object = cluster.deploy('web')
    cluster.whenSending = () => {
      cluster.deployment('web').edit(0, (now) => ({
        ...now,
        spec: JSON.parse(
          JSON.stringify(now['spec']).replace(/"resources":\{.*?\}\}/, `"resources":${JSON.stringify(NEW)}`),
        ),
      }))
      return { problem: LOST, arrives: false }
    }
    expect((await run([[object]])).status).toBe('needs_human')
  })

  it('needs a person when the cluster cannot be asked either', async () => {
    const { run, cluster } = story()
    const object = cluster.deploy('web')
    cluster.whenSending = () => {
      cluster.whenReading = () => LOST
      return { problem: LOST, arrives: true }
    }
    const { status, why } = await run([[object]])
    expect(status).toBe('needs_human')
    expect(why).toContain('Looking failed too')
  })
})

describe('an undo', () => {
  /** Fails the first undos like this. */
  const troubled = (times: number, fault: { problem: typeof LOST; arrives: boolean }) => {
    const told = story()
    let left = times
    told.cluster.whenSending = ({ way }) => (way === 'undo' && left-- > 0 ? fault : undefined)
    return told
  }

  it('is tried again while the way to the cluster is troubled', async () => {
    const { run, cluster, events } = troubled(2, { problem: LOST, arrives: false })
    const { status } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('rolled_back')
    expect(cluster.sent.map(({ way }) => way)).toEqual(['do', 'undo', 'undo', 'undo'])
    expect((await events()).filter((kind) => kind === 'undo_intended 1')).toHaveLength(3)
  })

  it('whose answer was lost is not done twice', async () => {
    const { run, cluster } = troubled(1, { problem: LOST, arrives: true })
    const { status } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('rolled_back')
    expect(cluster.sent.map(({ way }) => way)).toEqual(['do', 'undo'])
  })

  it('that finds the old values in place is taken: an earlier one arrived unseen', async () => {
    const { run, cluster } = story()
    let blind = 0
    cluster.whenSending = ({ way }) => {
      if (way === 'do') return undefined
      blind += 1
      if (blind > 1) cluster.whenReading = () => undefined
      else cluster.whenReading = () => LOST
      return blind === 1 ? { problem: LOST, arrives: true } : undefined
    }
    const { status } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('rolled_back')
    expect(cluster.sent.map(({ way }) => way)).toEqual(['do', 'undo', 'undo'])
  })

  it('that is refused needs a person, and says what a person can do', async () => {
    const { run, cluster, state } = troubled(1, {
      problem: problem('api_forbidden', 'You may not patch.', 'Ask.'),
      arrives: false,
    })
    const { status, why } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('needs_human')
    expect(why).toMatch(
      /OOM-killed\. The undo was not taken: You may not patch\. Ask\. If the old values .* run: kubectl/,
    )
    expect((await state()).steps[0]).toMatchObject({ undo: 'refused' })
  })

  it('that meets somebody else’s newer values does not overwrite them', async () => {
    const { run, cluster } = story()
    cluster.whenSending = ({ way }) => {
      if (way === 'undo')
        cluster
          .deployment('web')
          .edit(0, (now) => JSON.parse(JSON.stringify(now).replace('"memory":"64Mi"', '"memory":"99Mi"')))
      return undefined
    }
    const { status, why } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('needs_human')
    expect(why).toContain('from 64Mi to 99Mi')
  })

  it('that cannot be sent for five minutes needs a person', async () => {
    const { run, cluster, clock } = troubled(1_000, { problem: LOST, arrives: false })
    const { status } = await run([[cluster.deploy('web', oom)]])
    expect(status).toBe('needs_human')
    expect(clock.elapsed()).toBeGreaterThan(280_000)
  })

  it('of a workload that was half up before is complete when it is half up again', async () => {
    const { run, cluster, clock } = story()
    const object = cluster.deploy('web', oom)
    // One of its two pods was never ready, with whatever values.
    const before = cluster.objects
    const objects: typeof cluster.objects = {
      ...before,
      workload: async (ref) => changed(await before.workload(ref), halfAvailable),
      list: async (query) =>
        changed(await before.list(query), (all) => all.map((each) => (isSecond(each) ? unready(each) : each))),
    }
    const { status, why } = await run([[object]], { objects })
    expect(status).toBe('rolled_back')
    expect(why).toContain('the old ReplicaSet web-h1 serves again, with 1 pods ready as before the change.')
    expect(clock.elapsed()).toBeLessThan(60_000)
  })
  const changed = <Value>(result: Result<Value>, change: (value: Value) => Value): Result<Value> =>
    result.ok ? ok(change(result.value)) : result
  const halfAvailable = (object: JsonObject): JsonObject => ({
    ...object,
    status: { ...objectAt(object, ['status']), availableReplicas: 1 },
  })
  const isSecond = (object: JsonObject): boolean =>
    nameOf(object).endsWith('-1') && 'status' in object && 'spec' in object
  const unready = (each: JsonObject): JsonObject => ({
    ...each,
    status: { ...objectAt(each, ['status']), conditions: [{ type: 'Ready', status: 'False' }] },
  })

  it('that does not roll out needs a person', async () => {
    const { run, cluster } = story()
    let undone = false
    cluster.whenSending = ({ way }) => {
      undone ||= way === 'undo'
      return undefined
    }
    const { status, why } = await run([
      [cluster.deploy('web', ({ limits }) => (undone ? 'never_ready' : oom({ limits: limits! })))],
    ])
    expect(status).toBe('needs_human')
    expect(why).toContain('The old values are back in the spec, but after 60 s still')
    expect(why).toContain('rollout status deployment/web')
  })
})

describe('a worker', () => {
  it('accepts nothing but an approved plan', async () => {
    const { ports, queue, cluster } = story()
    const approved = await queue([cluster.deploy('web')])
    const copied = Object.fromEntries(Object.entries(approved)) as unknown as ApprovedPlan
    await expect(execute(copied, ports())).rejects.toThrow('only an approved plan')
  })

  it('is the only one: of two that start at once, one writes', async () => {
    const { ports, queue, cluster } = story()
    const approved = await queue([cluster.deploy('web')])
    const results = await Promise.all([execute(approved, ports()), execute(approved, ports({ pid: 2 }))])
    expect(results.map((each) => (each.ok ? each.value : each.problem.reason)).sort()).toEqual([
      'lease_lost',
      'succeeded',
    ])
    expect(cluster.sent).toHaveLength(1)
  })

  it('does not start what has ended', async () => {
    const { ports, queue, cluster } = story()
    const approved = await queue([cluster.deploy('web')])
    await execute(approved, ports())
    expect(await execute(approved, ports())).toMatchObject({ ok: false, problem: { reason: 'lease_lost' } })
    expect(cluster.sent).toHaveLength(1)
  })

  it('does not run a plan that this journal does not know', async () => {
    const known = story()
    const approved = await known.queue([known.cluster.deploy('web')])
    const other = story()
    expect(await execute(approved, other.ports())).toMatchObject({ ok: false, problem: { reason: 'unknown_id' } })
    await other.queue([other.cluster.deploy('another')])
    expect(await execute(approved, other.ports())).toMatchObject({ ok: false, problem: { reason: 'not_approved' } })
  })

  it('with a bug stops, and leaves nothing going on behind it', async () => {
    const { ports, queue, cluster, clock, events, leases } = story()
    const approved = await queue([cluster.deploy('a', oom), cluster.deploy('b')])
    const recheck = async (_: unknown, step: number) => {
      if (step === 2) throw new Error('a bug')
      return ok(null)
    }
    await expect(execute(approved, ports({ recheck }))).rejects.toThrow('a bug')
    const [before, beats] = [await events(), leases.length]
    await clock.sleep(120_000)
    expect(await events()).toEqual(before)
    expect(leases).toHaveLength(beats)
    expect(cluster.sent).toEqual([{ workload: 'a', way: 'do' }])
  })

  it('that lost its claim writes and records nothing more', async () => {
    const { ports, queue, cluster, clock, journal, events } = story()
    const approved = await queue([cluster.deploy('a', oom), cluster.deploy('b')])
    const steal = async (_: unknown, step: number) => {
      if (step === 2) await takeOver()
      return ok(null)
    }
    const takeOver = () =>
      journal.append(() => {
        const facts = { fence: 2, pid: 9, host: 'other' }
        const event = { kind: 'execution_claimed' as const, subject: approved.execution, facts }
        return ok({ drafts: [{ actor: ports().actor, event }], value: null })
      })
    const result = await execute(approved, ports({ recheck: steal }))
    expect(result).toMatchObject({ ok: false, problem: { reason: 'lease_lost' } })
    await clock.sleep(120_000)
    expect(cluster.sent).toEqual([{ workload: 'a', way: 'do' }])
    expect((await events()).at(-1)).toBe('execution_claimed')
  })
})

describe('a journal that cannot be written', () => {
  /** A store that refuses entries of this kind, so many times. */
  function refusing(kind: string, times: number): EntryStore {
    const store = memoryEntryStore()
    let left = times
    return {
      ...store,
      exclusively: (work) =>
        store.exclusively(async (seen) => {
          const done = await work(seen)
          const meant = done.ok && done.value.entries.some(({ event }) => event.kind === kind)
          return meant && left-- > 0 ? failed(problem('journal_unwritable', 'The disk is full.', 'Make room.')) : done
        }),
    }
  }
  const on = async (kind: string, times: number) => {
    const told = story()
    const clock = told.clock
    const journal = openJournal(refusing(kind, times), clock)
    return { ...told, clock, journal }
  }

  it('for a moment is tried again', async () => {
    const { queue, ports, cluster, journal } = await on('write_intended', 2)
    const approved = await queue([cluster.deploy('web')])
    await copy(approved, journal)
    expect(await execute(approved, ports({ journal }))).toEqual(ok('succeeded'))
  })

  it('stops the action before the write', async () => {
    const { queue, ports, cluster, journal } = await on('write_intended', 100)
    const approved = await queue([cluster.deploy('web')])
    await copy(approved, journal)
    expect(await execute(approved, ports({ journal }))).toMatchObject({ problem: { reason: 'journal_unwritable' } })
    expect(cluster.sent).toEqual([])
  })

  it('after a write stops everything: no undo without its record', async () => {
    const { queue, ports, cluster, journal, clock } = await on('write_taken', 100)
    const approved = await queue([cluster.deploy('a', oom), cluster.deploy('b')])
    await copy(approved, journal)
    expect(await execute(approved, ports({ journal }))).toMatchObject({ problem: { reason: 'journal_unwritable' } })
    await clock.sleep(60_000)
    expect(cluster.sent).toHaveLength(1)
  })

  it('for too long stops everything, even if it can be written again later', async () => {
    const { queue, ports, cluster, journal, clock } = await on('undo_rehearsed', 4)
    const approved = await queue([cluster.deploy('a', oom), cluster.deploy('b')])
    await copy(approved, journal)
    const reads: number[] = []
    cluster.whenReading = () => {
      reads.push(clock.elapsed())
      return undefined
    }
    expect(await execute(approved, ports({ journal }))).toMatchObject({ problem: { reason: 'journal_unwritable' } })
    const ended = clock.elapsed()
    await clock.sleep(120_000)
    expect(cluster.sent).toEqual([{ workload: 'a', way: 'do' }])
    expect(Math.max(...reads)).toBeLessThanOrEqual(ended)
  })

  /** A first workload with this fate, while the journal is lost for a moment with the skip of a second one, six seconds on. */
  async function lostMeanwhile(behave: Behaviour, fault?: (way: 'do' | 'undo') => Fault | undefined) {
    const { queue, ports, cluster, journal, clock } = await on('write_skipped', 4)
    const approved = await queue([cluster.deploy('a', behave), cluster.deploy('b')])
    await copy(approved, journal)
    cluster.whenSending = ({ way }) => fault?.(way)
    const recheck = async (_: unknown, step: number) => {
      if (step === 1) return ok(null)
      await clock.sleep(6_000)
      return failed(problem('plan_stale', 'No.', ''))
    }
    const result = await execute(approved, ports({ journal, recheck }))
    expect(result).toMatchObject({ problem: { reason: 'journal_unwritable' } })
    // Within one look of the loss, not when whatever was waited for comes to its end.
    expect(clock.elapsed()).toBeLessThan(12_000)
    await clock.sleep(600_000)
    return cluster.sent.map(({ way }) => way)
  }

  it('ends the watching of another step', async () => {
    expect(await lostMeanwhile(({ limits }) => (limits?.['memory'] === '64Mi' ? 'never_ready' : 'fine'))).toEqual([
      'do',
    ])
  })

  it('ends the watching of an undo', async () => {
    let undone = false
    const behave: Behaviour = (resources) => (undone ? 'never_ready' : oom(resources))
    const sent = await lostMeanwhile(behave, (way) => {
      undone ||= way === 'undo'
      return undefined
    })
    expect(sent).toEqual(['do', 'undo'])
  })

  it('ends the sending again of an undo', async () => {
    const sent = await lostMeanwhile(oom, (way) => (way === 'undo' ? { problem: LOST, arrives: false } : undefined))
    expect(sent.length).toBeLessThan(5)
  })

  it('stops the watching of the other steps too', async () => {
    const { queue, ports, cluster, journal, clock } = await on('tier_judged', 100)
    const approved = await queue([cluster.deploy('a', oom), cluster.deploy('b')])
    await copy(approved, journal)
    expect(await execute(approved, ports({ journal }))).toMatchObject({ problem: { reason: 'journal_unwritable' } })
    await clock.sleep(60_000)
    expect(cluster.sent.map(({ way }) => way)).toEqual(['do', 'do'])
  })

  async function copy(approved: ApprovedPlan, journal: ReturnType<typeof openJournal>): Promise<void> {
    await queuedExecution(journal, { plan: approved.plan, digest: approved.digest })
  }
})

describe('verification while the cluster cannot be asked', () => {
  it('never passes: the change is held when the deadline is over', async () => {
    const { run, cluster, clock } = story()
    clock.at(2_000, () => (cluster.whenReading = () => LOST))
    const { status, why } = await run([[cluster.deploy('web')]])
    expect(status).toBe('holding')
    expect(why).toContain('could not be asked')
    expect(cluster.sent).toHaveLength(1)
  })

  it('goes on when it answers again', async () => {
    const { run, cluster, clock } = story()
    clock.at(2_000, () => (cluster.whenReading = () => LOST))
    clock.at(40_000, () => (cluster.whenReading = () => undefined))
    expect((await run([[cluster.deploy('web')]])).status).toBe('succeeded')
  })
})

describe('the virtual clock', () => {
  it('wakes sleepers in order and lets a sleep be ended', async () => {
    const clock = virtualClock()
    const woken: string[] = []
    const ending = new AbortController()
    clock.at(5, () => ending.abort())
    await Promise.all([
      clock.sleep(20).then(() => woken.push('late')),
      clock.sleep(10).then(() => woken.push('early')),
      clock.sleep(1_000, ending.signal).then(() => woken.push('ended')),
    ])
    expect(woken).toEqual(['ended', 'early', 'late'])
    expect(clock.elapsed()).toBe(20)
  })
})

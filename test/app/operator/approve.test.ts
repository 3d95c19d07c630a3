import { describe, expect, it } from 'vitest'
import { applyAtTerminal } from '../../../src/app/operator/apply.ts'
import { approveAtTerminal } from '../../../src/app/operator/approve.ts'
import { refusePlan } from '../../../src/app/operator/refuse.ts'
import { sha256 } from '../../../src/model/hash.ts'
import type { PlanId } from '../../../src/model/ids.ts'
import { problem } from '../../../src/model/problem.ts'
import { digestPlan } from '../../../src/safety/plan/digest-plan.ts'
import { recordPlan } from '../../../src/app/common/record-plan.ts'
import { adopted, asked, closed, decided } from '../../journal/support/events.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, OPEN_SHOP, policyOf, sameCluster, type AppWorld } from '../support/app-world.ts'
import { nobody, phraseOn, scripted, type ScriptedPerson } from '../support/scripted-person.ts'

const MINUTE = 60_000
const approve = (made: AppWorld, person: ScriptedPerson, id?: string) => approveAtTerminal(id, { person }, made.ports)
const kinds = (made: AppWorld): string[] => made.store.rows.map(({ event }) => event.kind)

describe('a person at a terminal', () => {
  it('who types the phrase approves the plan, and what was shown is on record', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const person = scripted(phraseOn)
    const view = valueOf(await approve(made, person))
    expect(view.status).toBe('approved')
    const { phase } = view.state
    expect(phase).toMatchObject({ decision: { level: 'terminal', channel: 'terminal', plan: plan.id } })
    const shown = made.store.rows.find(({ event }) => event.kind === 'question_asked')
    const { text } = valueOf(await made.journal.payload(shown?.payload ?? '')) as { text: string }
    expect(phase.kind === 'approved' && phase.decision.promptHash).toBe(sha256(text))
    expect(person.screen()).toContain(text)
    expect(text).not.toContain(phraseOn(person.screen()))
  })
  it('is asked for the count, the cluster and a word that only the screen says', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted(phraseOn)
    valueOf(await approve(made, person))
    expect(phraseOn(person.screen())).toMatch(/^2 production [a-z]+-[a-z]+$/)
  })
  it.each([
    ['an empty line', () => ''],
    ['blanks', () => '   '],
    ['Ctrl-C, or the end of input', () => null],
  ])('who answers with %s leaves the plan as it is; another may be asked', async (_, typing) => {
    const made = appWorld()
    await made.plan()
    const person = scripted(typing, phraseOn)
    expect(problemOf(await approve(made, person)).reason).toBe('not_approved')
    expect(person.asked()).toBe(1)
    expect((await made.view()).status).toBe('proposed')
    expect(valueOf(await approve(made, scripted(phraseOn))).status).toBe('approved')
  })
  it('may slip twice, and is told how often more', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted(
      () => 'yes',
      () => 'y',
      phraseOn,
    )
    expect(valueOf(await approve(made, person)).status).toBe('approved')
    expect(person.screen()).toContain('2 more attempts')
    expect(person.screen()).toContain('1 more attempt.')
  })
  it('who slips three times is done, whatever comes then', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted(
      () => 'yes',
      () => 'approve',
      () => 'true',
      phraseOn,
    )
    expect(problemOf(await approve(made, person)).reason).toBe('answer_wrong')
    expect(person.asked()).toBe(3)
    expect(kinds(made)).not.toContain('decision_recorded')
  })
  it('is not asked twice about what was approved', async () => {
    const made = appWorld()
    await made.plan()
    valueOf(await approve(made, scripted(phraseOn)))
    const again = scripted(phraseOn)
    expect(valueOf(await approve(made, again)).status).toBe('approved')
    expect(again.asked()).toBe(0)
  })
  it('may approve what the client declined', async () => {
    const made = appWorld()
    const { plan, digest } = await made.plan()
    await made.tell(asked({ digest, channel: 'client' }, plan.id))
    await made.tell(closed('declined_or_not_shown', undefined, plan.id))
    expect(valueOf(await approve(made, scripted(phraseOn))).status).toBe('approved')
  })
  it('may approve where the client would be enough', async () => {
    const made = appWorld()
    made.policyFile(OPEN_SHOP)
    await made.tell(adopted({ revision: policyOf(OPEN_SHOP).revision }), {})
    await made.plan({ policy: policyOf(OPEN_SHOP) })
    expect(valueOf(await approve(made, scripted(phraseOn))).state.phase).toMatchObject({
      decision: { level: 'terminal' },
    })
  })
})

describe('nobody at a terminal', () => {
  it('approves nothing: no question is asked and nothing is recorded, and what a person runs is named', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const before = made.store.rows.length
    const person = nobody()
    expect(problemOf(await approve(made, person))).toMatchObject({
      reason: 'no_terminal',
      next: `Run it yourself in a terminal: krr-mcp --state-dir /the/state approve ${plan.id}`,
    })
    expect(problemOf(await applyAtTerminal(undefined, person, made.ports)).reason).toBe('no_terminal')
    expect([person.screen(), person.asked()]).toEqual(['', 0])
    expect(made.store.rows).toHaveLength(before)
    expect(made.launched).toEqual([])
  })
  it('spends nothing either, though a person has approved', async () => {
    const made = appWorld()
    await made.plan()
    valueOf(await approve(made, scripted(phraseOn)))
    expect(problemOf(await applyAtTerminal(undefined, nobody(), made.ports)).reason).toBe('no_terminal')
    expect(made.launched).toEqual([])
  })
})

describe('a question is not even asked', () => {
  const expectNotAsked = async (made: AppWorld, reason: string): Promise<void> => {
    const person = scripted(phraseOn)
    expect(problemOf(await approve(made, person)).reason).toBe(reason)
    expect([person.screen(), person.asked()]).toEqual(['', 0])
    expect(kinds(made)).not.toContain('question_asked')
  }
  it('when there is no such plan', async () => expectNotAsked(appWorld(), 'unknown_id'))
  it('when the plan is over, refused or blocked', async () => {
    const expired = appWorld()
    await expired.plan()
    expired.clock.advance(60 * MINUTE + 1)
    await expectNotAsked(expired, 'plan_expired')
    const refused = appWorld()
    await refused.plan()
    valueOf(await refusePlan(undefined, refused.ports))
    await expectNotAsked(refused, 'plan_refused')
    const blocked = appWorld()
    const fresh = await blocked.plan()
    const check = { check: 'c', verdict: 'unknown', subject: 'plan', message: 'm', next: 'n' } as const
    const other = digestPlan({ ...fresh.plan, id: 'p-blck' as PlanId, checks: [check] })
    valueOf(await recordPlan(other, { name: 'production' }, blocked.ports))
    await expectNotAsked(blocked, 'plan_blocked')
  })
  it('when the world has moved, or is another, or cannot be seen', async () => {
    const moved = appWorld()
    await moved.plan()
    moved.cluster.objects.set('deployment/shop/web', liveObject({ uid: 'uid-anew' }))
    await expectNotAsked(moved, 'plan_stale')
    const unseen = appWorld()
    await unseen.plan()
    unseen.connectAs(problem('api_unreachable', 'No.', 'Again.'))
    await expectNotAsked(unseen, 'api_unreachable')
  })
  it('when the policy is not in force', async () => {
    const made = appWorld()
    await made.plan()
    made.policyFile(OPEN_SHOP)
    await expectNotAsked(made, 'policy_not_adopted')
  })
  it('when the plan needs a level that cannot be given here', async () => {
    for (const requiredLevel of ['passphrase', 'passkey', 'two-person'] as const) {
      const made = appWorld()
      const { plan } = await made.plan()
      const higher = digestPlan({ ...plan, id: 'p-high' as PlanId, requiredLevel })
      valueOf(await recordPlan(higher, { name: 'production' }, made.ports))
      await expectNotAsked(made, 'level_not_available')
    }
  })
  it('when a question about the plan is open elsewhere', async () => {
    const made = appWorld()
    const { plan, digest } = await made.plan()
    await made.tell(asked({ digest, channel: 'client' }, plan.id))
    const person = scripted(phraseOn)
    expect(problemOf(await approve(made, person)).reason).toBe('illegal_transition')
    expect(person.screen()).toBe('')
  })
})

describe('between question and answer', () => {
  it('the world moves: the right phrase comes too late', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted((screen) => {
      made.cluster.objects.set('deployment/shop/web', liveObject({ containers: { app: { requests: { cpu: '2' } } } }))
      return phraseOn(screen)
    })
    expect(problemOf(await approve(made, person)).reason).toBe('plan_stale')
    expect(kinds(made)).not.toContain('decision_recorded')
  })
  it('the cluster becomes another: the right phrase is refused', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted((screen) => {
      made.connectAs(sameCluster({}), 'demo')
      return phraseOn(screen)
    })
    expect(problemOf(await approve(made, person)).reason).toBe('other_cluster')
    expect(kinds(made)).not.toContain('decision_recorded')
  })
  it.each<[string, (made: AppWorld) => void, string]>([
    ['five minutes pass', ({ clock }) => clock.advance(5 * MINUTE + 1), 'plan_not_open'],
    ['the machine sleeps', ({ clock }) => clock.setWall(5 * MINUTE + 1), 'plan_not_open'],
    ['the clock is set back', ({ clock }) => clock.setWall(-1), 'plan_expired'],
  ])('%s: the right phrase comes too late', async (_, pass, reason) => {
    const made = appWorld()
    await made.plan()
    const person = scripted((screen) => {
      pass(made)
      return phraseOn(screen)
    })
    expect(problemOf(await approve(made, person)).reason).toBe(reason)
    expect(kinds(made)).not.toContain('decision_recorded')
  })
  it('another person refuses: that is final', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted(async (screen) => {
      valueOf(await refusePlan(undefined, made.ports))
      return phraseOn(screen)
    })
    expect(problemOf(await approve(made, person)).reason).toBe('plan_refused')
    expect((await made.view()).status).toBe('refused')
  })
  it('the journal is edited: nothing is decided', async () => {
    const made = appWorld()
    await made.plan()
    const person = scripted((screen) => {
      const last = made.store.rows.at(-1)
      made.store.rows[made.store.rows.length - 1] = {
        ...last,
        actor: { kind: 'agent', client: 'evil', osUser: 'x' },
      } as never
      return phraseOn(screen)
    })
    expect(problemOf(await approve(made, person)).reason).toBe('journal_broken')
    expect(kinds(made)).not.toContain('decision_recorded')
  })
})

describe('apply at the terminal', () => {
  it('asks, and spends the yes itself: no token exists', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    const { execution } = valueOf(await applyAtTerminal(undefined, scripted(phraseOn), made.ports))
    expect(execution).toMatchObject({ plan: plan.id, status: 'queued', tokenHash: null })
    expect(made.launched).toEqual([execution.id])
    expect(kinds(made)).toEqual(['plan_proposed', 'question_asked', 'decision_recorded', 'execution_queued'])
  })
  it('starts nothing without the phrase', async () => {
    const made = appWorld()
    await made.plan()
    expect(
      problemOf(
        await applyAtTerminal(
          undefined,
          scripted(() => null),
          made.ports,
        ),
      ).reason,
    ).toBe('not_approved')
    expect(made.launched).toEqual([])
  })
  it('starts what was approved before, once', async () => {
    const made = appWorld()
    const { plan, digest } = await made.plan()
    await made.tell(asked({ digest }, plan.id))
    await made.tell(decided({ digest }, plan.id))
    const person = scripted(phraseOn)
    valueOf(await applyAtTerminal(undefined, person, made.ports))
    expect(person.asked()).toBe(0)
    expect(problemOf(await applyAtTerminal(undefined, scripted(phraseOn), made.ports)).reason).toBe('plan_applied')
    expect(made.launched).toHaveLength(1)
  })
})

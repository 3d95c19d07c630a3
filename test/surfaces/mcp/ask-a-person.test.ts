import { describe, expect, test } from 'vitest'
import type { QuestionId } from '../../../src/model/ids.ts'
import { answerQuestion } from '../../../src/safety/confirmation/answer.ts'
import { ask } from '../../../src/safety/confirmation/ask.ts'
import { loadPlan } from '../../../src/app/common/load.ts'
import { problem } from '../../../src/model/problem.ts'
import { ERAS, phraseOf, type Called, type FormAnswer } from '../../flow/support/assistant.ts'
import { liveObject } from '../../safety/support/live-object.ts'
import { rowOf, scanOf } from '../../safety/support/scan-of.ts'
import { valueOf } from '../../safety/support/value-of.ts'
import { startHost } from './support/host.ts'
import { makeRoom, WEB, type Room } from './support/room.ts'

const accept = (answer: unknown): FormAnswer => ({ action: 'accept', content: { answer } })
const kindsOf = async (room: Room): Promise<readonly string[]> => (await room.events()).map(({ kind }) => kind)
const outcomesOf = async (room: Room): Promise<readonly string[]> =>
  (await room.events()).flatMap((event) => (event.kind === 'question_closed' ? [event.facts.outcome] : []))

async function expectNoYes(called: Called, room: Room): Promise<void> {
  expect(called.text).not.toMatch(/krr-[\w-]{43}/)
  expect(called.answer?.data?.confirmation_token).toBeUndefined()
  expect(await kindsOf(room)).not.toContain('decision_recorded')
  expect(await kindsOf(room)).not.toContain('token_minted')
}

describe.each(ERAS)('a person asked through the client (%s)', (era) => {
  /** A plan, and a host that answers its form with these, one after the other; `seen` is what the form said. */
  async function asked(...answers: readonly ((message: string) => FormAnswer)[]) {
    const room = await makeRoom()
    const plan_id = await room.plan()
    const seen: string[] = []
    const onForm = (message: string): FormAnswer => {
      seen.push(message)
      const answer = answers[seen.length - 1]
      if (!answer) throw new Error(`asked once more than expected: ${message}`)
      return answer(message)
    }
    const host = await startHost({ era, room, onForm })
    return { room, host, seen, plan_id, request: () => host.call('request_confirmation', { plan_id }) }
  }
  const typesIt = (message: string): FormAnswer => accept(phraseOf(message))
  const mistypes = (): FormAnswer => accept('3 production maple-river')

  test('the phrase that was shown is a yes, and only then is there a token', async () => {
    const { room, request, seen, plan_id } = await asked(typesIt)
    const { answer, text } = await request()
    expect(answer.status, text).toBe('approved')
    expect(answer.data).toMatchObject({ plan_id, valid_for_seconds: 300 })
    expect(answer.data.confirmation_token).toMatch(/^krr-[\w-]{43}$/)
    expect(JSON.parse(text)).toEqual(answer)
    expect(seen).toHaveLength(1)
    expect(seen[0]).toContain('RESOURCE OPTIMIZATION CONFIRMATION')
    expect((await kindsOf(room)).slice(-3)).toEqual(['question_asked', 'decision_recorded', 'token_minted'])
  })

  test('what must be typed is on the screen and nowhere else', async () => {
    const { room, host, request, seen } = await asked(mistypes, typesIt)
    const { text, answer } = await request()
    const phrase = phraseOf(seen[0] ?? '')
    const log = host.log()
    const entries = valueOf(await room.ports.journal.entries(0))
    const payloads = await Promise.all(
      entries.map(async ({ payload }) => (payload === null ? null : room.ports.journal.payload(payload))),
    )
    for (const place of [text, log, JSON.stringify(await room.events()), JSON.stringify(payloads)])
      expect(place).not.toContain(phrase.split(' ').at(-1))
    expect(log).toContain('request_confirmation')
    expect(log).not.toContain(answer.data.confirmation_token)
  })

  test('the form has one required text field without a default', async () => {
    const room = await makeRoom()
    let form: unknown
    const host = await startHost({
      era,
      room,
      onForm: (_, schema) => {
        form = schema
        return { action: 'cancel' }
      },
    })
    await host.call('request_confirmation', { plan_id: await room.plan() })
    expect(form).toEqual({
      type: 'object',
      properties: { answer: { type: 'string', minLength: 1, maxLength: 200, description: expect.any(String) } },
      required: ['answer'],
    })
  })

  test('a slip is asked again, with the text that was shown', async () => {
    const { request, seen } = await asked(mistypes, mistypes, typesIt)
    const { answer, text } = await request()
    expect(answer.status, text).toBe('approved')
    expect(seen[1]).toBe(`That was not the phrase; 2 more attempts.\n\n${seen[0]}`)
    expect(seen[2]).toBe(`That was not the phrase; 1 more attempt.\n\n${seen[0]}`)
  })

  test('three wrong answers are no yes, and the form is not shown again', async () => {
    const { room, request, seen } = await asked(mistypes, mistypes, mistypes)
    for (const called of [await request(), await request()]) {
      expect(called.answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'wrong_answer' } })
      await expectNoYes(called, room)
    }
    expect(seen).toHaveLength(3)
  })

  test('declining is not the words of a person; the form is not shown again, the terminal stays open', async () => {
    const { room, request, seen, plan_id } = await asked(() => ({ action: 'decline' }))
    for (const called of [await request(), await request()]) {
      expect(called.answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'declined_or_not_shown' } })
      expect(called.answer.next).toContainEqual({
        command: `krr-mcp --state-dir /room/state approve ${plan_id}`,
        for: 'person',
      })
      await expectNoYes(called, room)
    }
    expect(seen).toHaveLength(1)
    expect(await outcomesOf(room)).toEqual(['declined_or_not_shown'])
  })

  test('a form that was closed may be asked for again', async () => {
    const { request, room } = await asked(() => ({ action: 'cancel' }), typesIt)
    const called = await request()
    expect(called.answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'cancelled' } })
    await expectNoYes(called, room)
    expect((await request()).answer.status).toBe('approved')
  })

  test.each<readonly [string, FormAnswer]>([
    ['nothing', { action: 'accept' }],
    ['an empty form', { action: 'accept', content: {} }],
    ['true', accept(true)],
    ['a number', accept(1)],
    ['blanks', accept('   ')],
    ['a list', accept(['yes'])],
    ['another field', { action: 'accept', content: { confirm: 'yes' } }],
  ])('a host that accepts with %s has not asked anybody', async (_, made) => {
    const { room, request, seen } = await asked(() => made)
    for (const called of [await request(), await request()]) {
      expect(called.answer, called.text).toMatchObject({ status: 'waiting_for_human', data: { reason: 'malformed' } })
      await expectNoYes(called, room)
    }
    expect(seen).toHaveLength(1)
  })

  test('a client without forms is told which command a person runs', async () => {
    const room = await makeRoom()
    const plan_id = await room.plan()
    const host = await startHost({ era, room })
    const called = await host.call('request_confirmation', { plan_id })
    expect(called.answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'client_cannot_ask' } })
    expect(called.answer.next[0]).toEqual({
      command: `krr-mcp --state-dir /room/state approve ${plan_id}`,
      for: 'person',
    })
    await expectNoYes(called, room)
    expect(await kindsOf(room)).not.toContain('question_asked')
  })

  test('a plan that went stale while the form was open is not approved by it', async () => {
    const room = await makeRoom()
    const plan_id = await room.plan()
    const moved = liveObject({ containers: { app: { requests: { cpu: '2', memory: '1Gi' } } } })
    const host = await startHost({
      era,
      room,
      onForm: async (message) => {
        await room.change({ objects: [moved] })
        return typesIt(message)
      },
    })
    const called = await host.call('request_confirmation', { plan_id })
    expect(called.answer, called.text).toMatchObject({ status: 'stale' })
    await expectNoYes(called, room)
  })

  test('an answer that cannot be judged ends its question; the next call asks anew', async () => {
    const room = await makeRoom()
    const plan_id = await room.plan()
    let shown = 0
    const unreachable = problem('api_unreachable', 'The API server does not answer.', 'Check the network.')
    const host = await startHost({
      era,
      room,
      onForm: async (message) => {
        shown += 1
        await room.change({ objects: [WEB], ...(shown === 1 ? { problem: unreachable } : {}) })
        return typesIt(message)
      },
    })
    const called = await host.call('request_confirmation', { plan_id })
    expect(called).toMatchObject({ isError: true, text: expect.stringContaining('api_unreachable') })
    await expectNoYes(called, room)
    expect(await outcomesOf(room)).toEqual(['answer_lost'])
    await room.change({ objects: [WEB] })
    expect((await host.call('request_confirmation', { plan_id })).answer.status).toBe('approved')
  })

  test('an approved plan gives a token again, and the earlier one is void', async () => {
    const { host, request } = await asked(typesIt)
    const first = (await request()).answer.data.confirmation_token as string
    const second = (await request()).answer.data.confirmation_token as string
    expect(second).not.toBe(first)
    const used = await host.call('apply_recommendations', { confirmation_token: first, dry_run: false })
    expect(used).toMatchObject({ isError: true, text: expect.stringContaining('token_unknown') })
  })

  test('where the policy asks for a terminal no form is shown, and waiting sees what happens there', async () => {
    const room = await makeRoom(scanOf([rowOf({ namespace: 'bank', uid: 'uid-2' })]))
    await room.change({
      objects: [liveObject({ namespace: 'bank', uid: 'uid-2', containers: { app: { requests: { cpu: '1' } } } })],
    })
    const plan_id = await room.plan()
    const host = await startHost({ era, room, onForm: () => accept('yes') })
    const called = await host.call('request_confirmation', { plan_id })
    expect(called.answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'terminal_required' } })
    const waiting = host.call('request_confirmation', { plan_id, wait_seconds: 20 })
    await approveAtTerminal(room, plan_id)
    const { answer, text } = await waiting
    expect(answer.status, text).toBe('approved')
    expect(answer.data.confirmation_token).toBeDefined()
  })
})

/** What `krr-mcp approve` does with what a person typed. */
async function approveAtTerminal({ ports }: Room, plan_id: string): Promise<void> {
  const { plan, digest } = valueOf(await loadPlan(plan_id, ports))
  const about = { plan: plan.id, digest, channel: 'terminal', text: 'shown', count: 1, cluster: 'production' } as const
  const { question, phrase } = valueOf(await ask(about, ports.actor, ports))
  const given = { plan: plan.id, question: question satisfies QuestionId, typed: phrase }
  expect(valueOf(await answerQuestion(given, ports.actor, ports))).toEqual({ kind: 'approved' })
}

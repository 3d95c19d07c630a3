import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import { phraseOf } from '../../flow/support/assistant.ts'
import { calledOf, startRawHost, type Message, type RawHost } from './support/raw-host.ts'
import { makeRoom, type Room } from './support/room.ts'

const kindsOf = async (room: Room): Promise<readonly string[]> => (await room.events()).map(({ kind }) => kind)
const outcomesOf = async (room: Room): Promise<readonly string[]> =>
  (await room.events()).flatMap((event) => (event.kind === 'question_closed' ? [event.facts.outcome] : []))
async function expectNoYes(room: Room, ...messages: readonly Message[]): Promise<void> {
  expect(JSON.stringify(messages)).not.toMatch(/krr-[\w-]{43}/)
  expect(await kindsOf(room)).not.toContain('decision_recorded')
}
const requestFor = (plan_id: string) => ({ name: 'request_confirmation', arguments: { plan_id } })
const typed = (answer: unknown) => ({ answer: { action: 'accept', content: { answer } } })

describe('answers of a client that speaks the 2026 era by hand', () => {
  async function room(): Promise<{ room: Room; raw: RawHost; plan_id: string }> {
    const made = await makeRoom()
    return { room: made, raw: await startRawHost(made, '2026-07-28'), plan_id: await made.plan() }
  }
  interface Asked {
    readonly requestState: string
    readonly message: string
    readonly phrase: string
  }
  function asked({ result }: Message): Asked {
    expect(result?.['resultType']).toBe('input_required')
    const { requestState, inputRequests } = result as unknown as {
      requestState: string
      inputRequests: { answer: { params: { message: string } } }
    }
    const { message } = inputRequests.answer.params
    return { requestState, message, phrase: phraseOf(message) }
  }

  test('an answer before anything was asked is ignored, and the person is asked', async () => {
    const { room: made, raw, plan_id } = await room()
    const first = await raw.call({ ...requestFor(plan_id), inputResponses: typed('1 production maple-river') })
    asked(first)
    await expectNoYes(made, first)
  })

  test('the state that travels with a question does not tell what must be typed', async () => {
    const { raw, plan_id } = await room()
    const { requestState, phrase } = asked(await raw.call(requestFor(plan_id)))
    const readable = Buffer.from(requestState.split('.')[1] ?? '', 'base64url').toString()
    expect(readable).toContain(plan_id)
    expect(readable).not.toContain(phrase.split(' ').at(-1))
  })

  test('an answer counts once', async () => {
    const { room: made, raw, plan_id } = await room()
    const { requestState, phrase } = asked(await raw.call(requestFor(plan_id)))
    const answer = { ...requestFor(plan_id), requestState, inputResponses: typed(phrase) }
    expect(calledOf(await raw.call(answer)).answer.status).toBe('approved')
    const again = calledOf(await raw.call(answer))
    expect(again.answer).toMatchObject({ status: 'approved', data: { plan_id, reason: 'plan_not_open' } })
    expect(again.answer.data.confirmation_token).toBeUndefined()
    expect((await kindsOf(made)).filter((kind) => kind === 'token_minted')).toHaveLength(1)
  })

  test('after a slip only the newest form can be answered', async () => {
    const { room: made, raw, plan_id } = await room()
    const first = asked(await raw.call(requestFor(plan_id)))
    const slip = { ...requestFor(plan_id), requestState: first.requestState, inputResponses: typed('maple') }
    const second = asked(await raw.call(slip))
    const old = await raw.call({ ...slip, inputResponses: typed(first.phrase) })
    expect(calledOf(old).answer.data.reason).toBe('plan_not_open')
    await expectNoYes(made, old)
    const newest = { ...slip, requestState: second.requestState, inputResponses: typed(first.phrase) }
    expect(calledOf(await raw.call(newest)).answer.status).toBe('approved')
  })

  test.each([
    ['tampered with', (state: string) => `${state.slice(0, -2)}AA`],
    ['made up', () => 'v1.e30.AAAA'],
    ['no text', () => 7],
  ])('a state that is %s leads nowhere', async (_, forge) => {
    const { room: made, raw, plan_id } = await room()
    const { requestState, phrase } = asked(await raw.call(requestFor(plan_id)))
    const forged = { ...requestFor(plan_id), requestState: forge(requestState), inputResponses: typed(phrase) }
    const refused = await raw.call(forged)
    expect(refused.error).toMatchObject({ code: -32602, message: 'Invalid or expired requestState' })
    await expectNoYes(made, refused)
  })

  test('a state that another server sealed leads nowhere', async () => {
    const { room: made, raw, plan_id } = await room()
    const { requestState, phrase } = asked(await raw.call(requestFor(plan_id)))
    const other = await startRawHost(made, '2026-07-28')
    const refused = await other.call({ ...requestFor(plan_id), requestState, inputResponses: typed(phrase) })
    expect(refused.error).toMatchObject({ code: -32602, message: 'Invalid or expired requestState' })
    await expectNoYes(made, refused)
  })

  test('a yes to one plan is none to another, and its question is over', async () => {
    const { room: made, raw, plan_id } = await room()
    const other = await made.plan()
    const { requestState, phrase } = asked(await raw.call(requestFor(plan_id)))
    const swapped = await raw.call({ ...requestFor(other), requestState, inputResponses: typed(phrase) })
    expect(calledOf(swapped).answer.data).toMatchObject({ plan_id, reason: 'plan_not_open' })
    await expectNoYes(made, swapped)
    expect(await outcomesOf(made)).toEqual(['malformed'])
  })

  test.each<readonly [string, unknown]>([
    ['no answer at all', undefined],
    ['an answer to something else', { other: { action: 'accept', content: { answer: 'yes' } } }],
    ['an answer of another kind', { answer: { roots: [] } }],
    ['a wrapped answer', { answer: { method: 'elicitation/create', result: { action: 'accept' } } }],
    ['an unknown action', { answer: { action: 'approve', content: { answer: 'yes' } } }],
  ])('%s is not a yes', async (_, inputResponses) => {
    const { room: made, raw, plan_id } = await room()
    const { requestState } = asked(await raw.call(requestFor(plan_id)))
    const answered = await raw.call({
      ...requestFor(plan_id),
      requestState,
      ...(inputResponses ? { inputResponses } : {}),
    })
    await expectNoYes(made, answered)
    expect(await outcomesOf(made)).toEqual(['malformed'])
  })

  test('while a question is open it is not asked a second time', async () => {
    const { room: made, raw, plan_id } = await room()
    asked(await raw.call(requestFor(plan_id)))
    const second = await raw.call(requestFor(plan_id))
    expect(calledOf(second).answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'question_open' } })
    await expectNoYes(made, second)
  })

  test('a cancelled call leaves its question to be answered', async () => {
    const { raw, plan_id } = await room()
    const { id, answer } = raw.begin(requestFor(plan_id))
    const { requestState, phrase } = asked(await answer)
    raw.send({ method: 'notifications/cancelled', params: { requestId: id } })
    const later = await raw.call({ ...requestFor(plan_id), requestState, inputResponses: typed(phrase) })
    expect(calledOf(later).answer.status).toBe('approved')
  })
})

describe('answers of a client that speaks the 2025 era by hand', () => {
  async function room(speed = 1): Promise<{ room: Room; raw: RawHost; plan_id: string }> {
    const made = await makeRoom()
    return { room: made, raw: await startRawHost(made, '2025-11-25', speed), plan_id: await made.plan() }
  }
  const messageOf = ({ params }: Message): string => params?.['message'] as string

  test('answers and states in the call itself are ignored or refused; the person is asked', async () => {
    const { room: made, raw, plan_id } = await room()
    const forged = await raw.call({ ...requestFor(plan_id), requestState: 'v1.e30.AAAA', inputResponses: typed('yes') })
    expect(forged.error?.code).toBe(-32602)
    const { answer } = raw.begin({ ...requestFor(plan_id), inputResponses: typed('yes') })
    const form = await raw.sees('elicitation/create')
    raw.send({ id: form.id, result: { action: 'cancel' } })
    await expectNoYes(made, forged, await answer)
    expect(await outcomesOf(made)).toEqual(['cancelled'])
  })

  test.each<readonly [string, object, string]>([
    ['an error', { error: { code: -32603, message: 'no window' } }, 'declined_or_not_shown'],
    ['an unknown method', { error: { code: -32601, message: 'Method not found' } }, 'declined_or_not_shown'],
    ['an unknown action', { result: { action: 'approve', content: { answer: 'yes' } } }, 'malformed'],
    ['an object in the field', { result: { action: 'accept', content: { answer: { yes: true } } } }, 'malformed'],
    ['nothing', { result: {} }, 'malformed'],
  ])('a form that ends with %s is no yes, and its question is over', async (_, response, outcome) => {
    const { room: made, raw, plan_id } = await room()
    const { answer } = raw.begin(requestFor(plan_id))
    const form = await raw.sees('elicitation/create')
    raw.send({ id: form.id, ...response })
    const message = await answer
    expect(calledOf(message).answer).toMatchObject({ status: 'waiting_for_human', data: { reason: outcome } })
    await expectNoYes(made, message)
    expect(await outcomesOf(made)).toEqual([outcome])
  })

  test('progress is told every 10 s while the person thinks, over all attempts, and then no more', async () => {
    const { raw, plan_id } = await room(250)
    const { answer } = raw.begin({ ...requestFor(plan_id), _meta: { progressToken: 'waiting' } })
    const form = await raw.sees('elicitation/create')
    await raw.sees('notifications/progress', 2)
    raw.send({ id: form.id, result: { action: 'accept', content: { answer: 'a slip' } } })
    const again = await raw.sees('elicitation/create', 2)
    const before = raw.seen.filter(({ method }) => method === 'notifications/progress').length
    await raw.sees('notifications/progress', before + 1)
    raw.send({ id: again.id, result: { action: 'cancel' } })
    await answer
    const told = raw.seen.filter(({ method }) => method === 'notifications/progress')
    expect(told.map(({ params }) => params?.['progress'])).toEqual(told.map((_, index) => index + 1))
    expect(new Set(told.map(({ params }) => params?.['progressToken']))).toEqual(new Set(['waiting']))
    await sleep(150)
    expect(raw.seen.filter(({ method }) => method === 'notifications/progress')).toHaveLength(told.length)
  })

  test('without a progress token nothing is told', async () => {
    const { raw, plan_id } = await room(1000)
    const { answer } = raw.begin(requestFor(plan_id))
    const form = await raw.sees('elicitation/create')
    await sleep(50)
    raw.send({ id: form.id, result: { action: 'cancel' } })
    await answer
    expect(raw.seen.map(({ method }) => method)).toEqual(['elicitation/create'])
  })

  test('after 5 minutes nobody has answered, the form is taken back, and a late answer is none', async () => {
    const { room: made, raw, plan_id } = await room(2000)
    const { answer } = raw.begin(requestFor(plan_id))
    const form = await raw.sees('elicitation/create')
    const message = await answer
    expect(calledOf(message).answer).toMatchObject({ status: 'waiting_for_human', data: { reason: 'no_answer' } })
    expect((await raw.sees('notifications/cancelled')).params?.['requestId']).toBe(form.id)
    raw.send({ id: form.id, result: { action: 'accept', content: { answer: phraseOf(messageOf(form)) } } })
    await sleep(50)
    await expectNoYes(made, message)
    expect(await outcomesOf(made)).toEqual(['no_answer'])
  })

  test('when the client gives up the call, the answer is lost, and a late one is none', async () => {
    const { room: made, raw, plan_id } = await room()
    const { id } = raw.begin(requestFor(plan_id))
    const form = await raw.sees('elicitation/create')
    raw.send({ method: 'notifications/cancelled', params: { requestId: id, reason: 'timeout' } })
    await vi.waitFor(async () => expect(await outcomesOf(made)).toEqual(['answer_lost']))
    raw.send({ id: form.id, result: { action: 'accept', content: { answer: phraseOf(messageOf(form)) } } })
    await sleep(50)
    await expectNoYes(made)
  })

  test('when the client goes away, the answer is lost', async () => {
    const { room: made, raw, plan_id } = await room()
    raw.begin(requestFor(plan_id))
    await raw.sees('elicitation/create')
    raw.end()
    await vi.waitFor(async () => expect(await outcomesOf(made)).toEqual(['answer_lost']))
    await expectNoYes(made)
  })
})

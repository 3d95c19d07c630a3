import { describe, expect, it } from 'vitest'
import { levelNow, policyNow, reachable } from '../../../src/app/common/policy-now.ts'
import { policyInForce } from '../../../src/app/common/policy-in-force.ts'
import { LEVELS } from '../../../src/model/level.ts'
import { problem } from '../../../src/model/problem.ts'
import { strictestPolicy } from '../../../src/safety/policy/strictest-policy.ts'
import { adopted } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, OPEN_SHOP, policyOf, type AppWorld } from '../support/app-world.ts'

const INVALID = problem('policy_invalid', 'The policy file cannot be read.', 'Correct it.')
async function withAdopted(text: string): Promise<AppWorld> {
  const made = appWorld()
  made.policyFile(text)
  await made.tell(adopted({ revision: policyOf(text).revision }), { text })
  return made
}

describe('the policy in force', () => {
  it('is the strictest where no file was named, whatever was adopted before', async () => {
    expect(valueOf(await policyNow(appWorld().ports))).toBe(strictestPolicy)
    const made = await withAdopted(OPEN_SHOP)
    made.policyFile(null)
    expect(valueOf(await policyNow(made.ports))).toBe(strictestPolicy)
    expect(strictestPolicy.clientNamespaces).toEqual([])
  })
  it('is the file once a person adopted it', async () => {
    const made = await withAdopted(OPEN_SHOP)
    expect(valueOf(await policyNow(made.ports)).clientNamespaces).toEqual(['shop'])
  })
  it('is none where the file was never adopted: nothing is planned, and the command is named', async () => {
    const made = appWorld()
    made.policyFile(OPEN_SHOP)
    expect(problemOf(await policyNow(made.ports))).toMatchObject({
      reason: 'policy_not_adopted',
      message: expect.stringContaining('has not been adopted yet'),
      next: 'A person runs: krr-mcp --state-dir /the/state policy adopt',
    })
  })
  it('is none where the file was edited after it was adopted, be it laxer or stricter', async () => {
    for (const edited of ['client_namespaces: [shop, prod]\n', 'client_namespaces: []\n']) {
      const made = await withAdopted(OPEN_SHOP)
      made.policyFile(edited)
      expect(problemOf(await policyNow(made.ports))).toMatchObject({
        reason: 'policy_not_adopted',
        message: expect.stringContaining('has changed since it was adopted'),
      })
    }
  })
  it('is the same where only its spelling was edited', async () => {
    const made = await withAdopted(OPEN_SHOP)
    made.policyFile('# a comment\nclient_namespaces:\n  - shop\n')
    expect(valueOf(await policyNow(made.ports)).clientNamespaces).toEqual(['shop'])
  })
  it('is none where the file is gone or cannot be read: a removed file does not make things laxer', async () => {
    const made = await withAdopted(OPEN_SHOP)
    made.policyFile(INVALID)
    expect(problemOf(await policyNow(made.ports))).toEqual(INVALID)
  })
  it('is the last that was adopted: going back to an earlier file needs a person again', async () => {
    const made = await withAdopted(OPEN_SHOP)
    await made.tell(adopted({ revision: policyOf('client_namespaces: []\n').revision }), { text: '' })
    expect(problemOf(await policyNow(made.ports)).reason).toBe('policy_not_adopted')
  })
  it('is read afresh each time', async () => {
    const made = await withAdopted(OPEN_SHOP)
    valueOf(await policyNow(made.ports))
    made.policyFile('client_namespaces: [prod]\n')
    expect(problemOf(await policyNow(made.ports)).reason).toBe('policy_not_adopted')
  })
  it('is none where the journal cannot be read', async () => {
    const made = await withAdopted(OPEN_SHOP)
    made.store.rows.splice(0, 1, { ...(made.store.rows[0] as never as object), seq: 5 } as never)
    expect(problemOf(await policyNow(made.ports)).reason).toBe('journal_broken')
  })
  it('compares revisions and nothing else', () => {
    const file = policyOf(OPEN_SHOP)
    const at = { wall: 0, monotonic: 0, boot: '' } as never
    const state = { revision: file.revision, payload: '', level: 'terminal', at } as const
    expect(valueOf(policyInForce(file, state, 'krr-mcp'))).toBe(file)
    expect(problemOf(policyInForce(file, { ...state, revision: '' }, 'krr-mcp')).reason).toBe('policy_not_adopted')
    expect(problemOf(policyInForce(file, null, 'krr-mcp')).reason).toBe('policy_not_adopted')
  })
})

describe('the level that a plan needs now', () => {
  it('is terminal without a policy', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    expect(valueOf(await levelNow(plan, made.ports))).toBe('terminal')
  })
  it('is client only where every namespace of the plan is listed', async () => {
    const made = await withAdopted(OPEN_SHOP)
    const { plan } = await made.plan({ policy: policyOf(OPEN_SHOP) })
    expect(valueOf(await levelNow(plan, made.ports))).toBe('client')
    const [step] = plan.steps
    const elsewhere = { ...step, target: { ...step?.target, namespace: 'prod' } } as never
    expect(valueOf(await levelNow({ ...plan, steps: [...plan.steps, elsewhere] }, made.ports))).toBe('terminal')
    expect(valueOf(await levelNow({ ...plan, steps: [] }, made.ports))).toBe('terminal')
  })
  it('is the stricter of what the plan was made under and of what holds, both ways round', async () => {
    const strictThen = appWorld()
    const { plan: strict } = await strictThen.plan()
    strictThen.policyFile(OPEN_SHOP)
    await strictThen.tell(adopted({ revision: policyOf(OPEN_SHOP).revision }), {})
    expect(valueOf(await levelNow(strict, strictThen.ports))).toBe('terminal')
    const laxThen = await withAdopted(OPEN_SHOP)
    const { plan: lax } = await laxThen.plan({ policy: policyOf(OPEN_SHOP) })
    laxThen.policyFile(null)
    expect(valueOf(await levelNow(lax, laxThen.ports))).toBe('terminal')
  })
  it('is not known while the policy is not', async () => {
    const made = appWorld()
    const { plan } = await made.plan()
    made.policyFile(OPEN_SHOP)
    expect(problemOf(await levelNow(plan, made.ports)).reason).toBe('policy_not_adopted')
  })
  it('that is not built is denied, not replaced by a weaker one', () => {
    for (const level of LEVELS) {
      const got = reachable(level, 'krr-mcp')
      if (level === 'client' || level === 'terminal') expect(got).toEqual({ ok: true, value: level })
      else expect(problemOf(got).reason).toBe('level_not_available')
    }
  })
})

import { describe, expect, it } from 'vitest'
import { adoptPolicy } from '../../../src/app/operator/adopt-policy.ts'
import { policyNow } from '../../../src/app/common/policy-now.ts'
import { sha256 } from '../../../src/model/hash.ts'
import { problem } from '../../../src/model/problem.ts'
import { person } from '../../journal/support/events.ts'
import { problemOf, valueOf } from '../../safety/support/value-of.ts'
import { appWorld, OPEN_SHOP, policyOf, type AppWorld } from '../support/app-world.ts'
import { nobody, phraseOn, scripted } from '../support/scripted-person.ts'

function offered(text: string = OPEN_SHOP): AppWorld {
  const made = appWorld()
  made.policyFile(text)
  return made
}
const records = (made: AppWorld) => made.store.rows.filter(({ event }) => event.kind === 'policy_adopted')

describe('a policy is taken into force', () => {
  it('by a person who types the phrase; what it opens is said in words and is on record', async () => {
    const made = offered()
    const at = scripted(phraseOn)
    expect(valueOf(await adoptPolicy(at, made.ports)).clientNamespaces).toEqual(['shop'])
    expect(valueOf(await policyNow(made.ports)).clientNamespaces).toEqual(['shop'])
    expect(at.screen()).toContain('an answer through the MCP client is enough: shop')
    expect(phraseOn(at.screen())).toMatch(/^1 policy [a-z]+-[a-z]+$/)
    const [entry] = records(made)
    expect(entry).toMatchObject({
      actor: person,
      event: { facts: { level: 'terminal', revision: policyOf(OPEN_SHOP).revision } },
    })
    const kept = valueOf(await made.journal.payload(entry?.payload ?? '')) as { text: string; policy: string }
    expect(kept.policy).toBe(OPEN_SHOP)
    expect(entry?.event.facts).toMatchObject({ promptHash: sha256(kept.text) })
    expect(at.screen()).toContain(kept.text)
    expect(JSON.stringify(kept)).not.toContain(phraseOn(at.screen()).split(' ')[2])
  })
  it('with no namespace opened, which is said too', async () => {
    const at = scripted(phraseOn)
    valueOf(await adoptPolicy(at, offered('client_namespaces: []\n').ports))
    expect(at.screen()).toContain('is enough: none')
  })
  it('again when it has changed', async () => {
    const made = offered()
    valueOf(await adoptPolicy(scripted(phraseOn), made.ports))
    made.policyFile('client_namespaces: [shop, dev]\n')
    expect(problemOf(await policyNow(made.ports)).reason).toBe('policy_not_adopted')
    valueOf(await adoptPolicy(scripted(phraseOn), made.ports))
    expect(valueOf(await policyNow(made.ports)).clientNamespaces).toEqual(['dev', 'shop'])
  })
})

describe('a policy is not taken into force', () => {
  it('without a terminal: nothing is shown, read or recorded', async () => {
    const made = offered()
    const at = nobody()
    expect(problemOf(await adoptPolicy(at, made.ports))).toMatchObject({
      reason: 'no_terminal',
      next: expect.stringContaining('krr-mcp --state-dir /the/state policy adopt'),
    })
    expect([at.screen(), at.asked()]).toEqual(['', 0])
    expect(records(made)).toEqual([])
  })
  it.each([
    ['nothing', () => ''],
    ['yes', () => 'yes'],
    ['Ctrl-C', () => null],
    ['the phrase of another time', () => '1 policy maple-river'],
    ['the count of another policy', (screen: string) => phraseOn(screen).replace('1', '2')],
  ])('by %s: once, and nothing is recorded', async (_, typing) => {
    const made = offered()
    const at = scripted(typing, phraseOn)
    expect(problemOf(await adoptPolicy(at, made.ports)).reason).toBe('answer_wrong')
    expect(at.asked()).toBe(1)
    expect(records(made)).toEqual([])
    expect(problemOf(await policyNow(made.ports)).reason).toBe('policy_not_adopted')
  })
  it('where none was named, or where it cannot be read', async () => {
    expect(problemOf(await adoptPolicy(scripted(phraseOn), appWorld().ports)).reason).toBe('policy_invalid')
    const made = appWorld()
    const why = problem('policy_invalid', 'No.', 'Correct it.')
    made.policyFile(why)
    expect(problemOf(await adoptPolicy(scripted(phraseOn), made.ports))).toEqual(why)
  })
  it('as what it became while it was being read: only what was shown is adopted', async () => {
    const made = offered()
    const at = scripted((screen) => {
      made.policyFile('client_namespaces: [shop, prod]\n')
      return phraseOn(screen)
    })
    expect(valueOf(await adoptPolicy(at, made.ports)).clientNamespaces).toEqual(['shop'])
    expect(problemOf(await policyNow(made.ports)).reason).toBe('policy_not_adopted')
  })
})

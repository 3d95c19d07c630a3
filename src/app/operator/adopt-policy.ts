import { sha256 } from '../../model/hash.ts'
import { problem } from '../../model/problem.ts'
import { failed, ok, type Result } from '../../model/result.ts'
import { answers, makeChallenge } from '../../safety/confirmation/challenge.ts'
import type { Policy } from '../../safety/policy/policy.ts'
import type { AppPorts } from '../common/app-ports.ts'
import { needsTerminal } from './needs-terminal.ts'
import type { Person } from './person.ts'

/** What the person is shown: what the revision opens, in words. */
function textOf(policy: Policy): string {
  const opened = policy.clientNamespaces.join(', ') || 'none'
  return [
    'POLICY ADOPTION',
    `Revision: ${policy.revision.slice(0, 12)}`,
    `Namespaces in which an answer through the MCP client is enough: ${opened}`,
    'Everything else needs an answer at a terminal.',
  ].join('\n')
}

/** Takes a first or changed policy into force. It is a decision like any other: typed at a terminal, and on record. */
export async function adoptPolicy(person: Person, ports: AppPorts): Promise<Result<Policy>> {
  const file = await ports.policyFile()
  if (!file.ok) return file
  const policy = file.value
  if (policy === null)
    return failed(problem('policy_invalid', 'No policy file was named.', 'Name it with --policy and an absolute path.'))
  const terminal = needsTerminal(person, `${ports.command} policy adopt`)
  if (!terminal.ok) return terminal
  const text = textOf(policy)
  const challenge = makeChallenge({ count: policy.clientNamespaces.length, cluster: 'policy' }, ports.random)
  person.show(`${text}\n\nTo adopt, type exactly:  ${challenge.phrase}`)
  const typed = await person.read('> ')
  if (typed === null || !answers(typed, challenge))
    return failed(
      problem(
        'answer_wrong',
        'That was not the phrase; the policy was not adopted.',
        `To try again: ${ports.command} policy adopt`,
      ),
    )
  return record(policy, text, ports)
}

async function record(policy: Policy, text: string, { journal, actor }: AppPorts): Promise<Result<Policy>> {
  const facts = { revision: policy.revision, level: 'terminal', promptHash: sha256(text), path: null } as const
  const event = { kind: 'policy_adopted', subject: 'policy', facts } as const
  return journal.append(() => ok({ drafts: [{ actor, event, payload: { text, policy: policy.text } }], value: policy }))
}

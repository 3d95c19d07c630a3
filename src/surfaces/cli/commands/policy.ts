import type { Command } from 'commander'
import { adoptPolicy } from '../../../app/operator/adopt-policy.ts'
import { plainText } from '../../../model/plain-text.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

const NONE = 'No policy file is named (--policy): every change needs a person at a terminal.'

export function addPolicy(program: Command, cli: Cli): void {
  const group = program
    .command('policy')
    .summary('show, check or adopt the policy')
    .description('What may be approved how. A first or changed policy takes effect when a person adopts it.')
    .helpCommand(false)
  const showing = group.command('show').description('the policy file, and whether it is in force')
  showing.action(() => cli.run(showing, show))
  const checking = group.command('check').description('read the policy file, and say what is wrong with it')
  checking.action(() => cli.run(checking, check))
  const adopting = group.command('adopt').description('take the policy file into force; needs a terminal')
  adopting.action(() => cli.run(adopting, adopt))
}

const revisionText = (revision: string): string => revision.slice(0, 12)
const namespacesText = (names: readonly string[]): string =>
  names.map((name) => plainText(name, 63)).join(', ') || 'none'

async function show(session: Session): Promise<number> {
  const { policyFile, journal, command } = session.ports
  const file = await policyFile()
  if (!file.ok) return session.fail(file.problem)
  const state = await journal.state()
  if (!state.ok) return session.fail(state.problem)
  if (file.value === null) {
    session.say(NONE)
    return exitCode('done')
  }
  const { revision, clientNamespaces } = file.value
  const inForce = state.value.policy?.revision === revision
  session.say(
    [
      `Policy revision ${revisionText(revision)}: ${inForce ? 'in force' : 'NOT in force; nothing is planned or applied until it is adopted'}`,
      `An answer through the MCP client is enough in: ${namespacesText(clientNamespaces)}`,
      'Everything else needs a person at a terminal.',
    ].join('\n'),
  )
  if (!inForce) session.remark(`next: ${command} policy adopt`)
  return exitCode('done')
}

async function check(session: Session): Promise<number> {
  const file = await session.ports.policyFile()
  if (!file.ok) return session.fail(file.problem)
  session.say(
    file.value === null
      ? NONE
      : `The policy file is valid: revision ${revisionText(file.value.revision)}, client namespaces: ${namespacesText(file.value.clientNamespaces)}.`,
  )
  return exitCode('done')
}

async function adopt(session: Session): Promise<number> {
  const adopted = await adoptPolicy(session.deps.person, session.ports)
  if (!adopted.ok) return session.fail(adopted.problem)
  session.say(`Policy revision ${revisionText(adopted.value.revision)} is in force.`)
  return exitCode('done')
}

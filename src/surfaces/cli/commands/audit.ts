import type { Command } from 'commander'
import { listAudit, verifyAudit } from '../../../app/operator/audit.ts'
import { auditText } from '../../render/audit-text.ts'
import { entryJson } from '../../render/entry-json.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

interface ListFlags {
  readonly json?: boolean
}

export function addAudit(program: Command, cli: Cli): void {
  const group = program
    .command('audit')
    .summary('read and verify the journal')
    .description('The journal of all that was done.')
    .helpCommand(false)
  const listing = group
    .command('list')
    .description('every entry, the oldest first')
    .option('--json', 'as JSON')
    .action((flags: ListFlags) => cli.run(listing, (session) => list(flags, session)))
  const verifying = group
    .command('verify')
    .description('read all of it again: every hash, every step, every stored text')
    .action(() => cli.run(verifying, verify))
}

async function list({ json = false }: ListFlags, session: Session): Promise<number> {
  const entries = await listAudit(session.ports)
  if (!entries.ok) return session.fail(entries.problem)
  if (json) session.json(entries.value.map(entryJson))
  else session.say(entries.value.length === 0 ? 'The journal is empty.' : auditText(entries.value))
  return exitCode('done')
}

async function verify(session: Session): Promise<number> {
  const verified = await verifyAudit(session.ports)
  if (!verified.ok) return session.fail(verified.problem)
  const { verdict, entries, payloads, head } = verified.value
  session.say(`The journal is ${verdict}: ${entries} entries, ${payloads} stored texts.\nHead ${head}`)
  return exitCode('done')
}

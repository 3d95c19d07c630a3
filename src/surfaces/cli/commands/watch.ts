import type { Command } from 'commander'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import type { Session } from '../session.ts'
import { watchExecution } from '../watch-execution.ts'

interface WatchFlags {
  readonly json?: boolean
}

export function addWatch(program: Command, cli: Cli): void {
  const command = program
    .command('watch')
    .summary('watch an execution until it has ended')
    .description('Shows an execution live. Ctrl-C leaves it; it goes on. The exit code says how it ended.')
    .argument('[EXECUTION]', 'the execution (default: the newest)')
    .option('--json', 'a JSON value per line, at every change')
    .action((id: string | undefined, flags: WatchFlags) => cli.run(command, (session) => watch(id, flags, session)))
}

async function watch(typed: string | undefined, flags: WatchFlags, session: Session): Promise<number> {
  const id = await chosenId('execution', typed, session)
  return id.ok ? watchExecution(id.value, session, flags) : session.fail(id.problem)
}

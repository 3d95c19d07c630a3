import type { Command } from 'commander'
import { listExecutions } from '../../../app/agent/get-execution.ts'
import { historyText } from '../../render/history-text.ts'
import { listedExecutionJson } from '../../render/listed-execution-json.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

interface HistoryFlags {
  readonly json?: boolean
}

export function addHistory(program: Command, cli: Cli): void {
  const command = program
    .command('history')
    .summary('all executions, the newest first')
    .option('--json', 'as JSON')
    .action((flags: HistoryFlags) => cli.run(command, (session) => history(flags, session)))
}

async function history({ json = false }: HistoryFlags, session: Session): Promise<number> {
  const listed = await listExecutions(session.ports)
  if (!listed.ok) return session.fail(listed.problem)
  const executions = listed.value
  if (json) session.json(executions.map(listedExecutionJson))
  else if (executions.length === 0) session.say('Nothing has been applied yet.')
  else session.say(historyText(executions, session.text()))
  return exitCode('done')
}

import type { Command } from 'commander'
import { stopExecution } from '../../../app/agent/stop-execution.ts'
import { isFinal } from '../../../model/status.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import { nextOfExecution } from '../next-of-execution.ts'
import type { Session } from '../session.ts'

export function addStop(program: Command, cli: Cli): void {
  const command = program
    .command('stop')
    .summary('write nothing more forward')
    .description('Stops an execution from changing further workloads. What is written is still verified, or undone.')
    .argument('[EXECUTION]', 'the execution (default: the newest)')
    .action((id: string | undefined) => cli.run(command, (session) => stop(id, session)))
}

async function stop(typed: string | undefined, session: Session): Promise<number> {
  const id = await chosenId('execution', typed, session)
  if (!id.ok) return session.fail(id.problem)
  const stopped = await stopExecution(id.value, session.ports)
  if (!stopped.ok) return session.fail(stopped.problem)
  const { execution } = stopped.value
  session.say(
    isFinal(execution.status)
      ? `Execution ${execution.id} has ended already: ${execution.status}.`
      : `Execution ${execution.id} writes nothing more forward; what was written is still verified, or undone.`,
  )
  session.remark(nextOfExecution(execution, session.ports.command))
  return exitCode('done')
}

import { loadPlan } from '../../app/common/load.ts'
import { applyAtTerminal } from '../../app/operator/apply.ts'
import { planText } from '../render/plan-text.ts'
import { exitCode } from './exit-codes.ts'
import { inCommands } from './in-commands.ts'
import { nextOfExecution } from './next-of-execution.ts'
import type { Session } from './session.ts'
import { watchExecution } from './watch-execution.ts'

/** Takes a plan's approval at the terminal, starts it, and watches it to its end. Returns the exit code. */
export async function applyPlan(id: string, session: Session, { watch }: { readonly watch: boolean }): Promise<number> {
  const { deps, ports } = session
  const before = await loadPlan(id, ports)
  if (!before.ok) return session.fail(before.problem)
  // A plan that was approved elsewhere is not asked about again; it is still shown before it is carried out.
  if (before.value.status === 'approved') session.say(inCommands(planText(before.value, session.text())))
  const started = await applyAtTerminal(id, deps.person, ports)
  if (!started.ok) return session.fail(started.problem)
  const { execution } = started.value
  session.say(`Execution ${execution.id} of plan ${id} is started; it goes on without this terminal.`)
  if (watch) return watchExecution(execution.id, session)
  session.remark(nextOfExecution(execution, ports.command))
  return exitCode('done')
}

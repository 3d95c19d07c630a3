import type { Result } from '../../model/result.ts'
import type { AppPorts } from '../common/app-ports.ts'
import type { ExecutionView } from '../common/load.ts'
import { spend } from '../common/spend.ts'
import { approveAtTerminal } from './approve.ts'
import type { Person } from './person.ts'

/** Shows the plan, takes the approval its level needs, and starts it: the approving command itself spends the decision. */
export async function applyAtTerminal(
  typed: string | undefined,
  person: Person,
  ports: AppPorts,
): Promise<Result<ExecutionView>> {
  const approved = await approveAtTerminal(typed, { person, command: 'apply' }, ports)
  return approved.ok ? spend(approved.value, { by: 'command' }, ports) : approved
}

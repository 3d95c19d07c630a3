import type { Command } from 'commander'
import { listPlans } from '../../../app/operator/list-plans.ts'
import { planListText } from '../../render/plan-list-text.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

export function addApprovals(program: Command, cli: Cli): void {
  const command = program
    .command('approvals')
    .summary('plans that wait for a person')
    .description('Lists the plans that wait: for a decision, or, approved, for being applied. The newest first.')
    .action(() => cli.run(command, approvals))
}

async function approvals(session: Session): Promise<number> {
  const plans = await listPlans(session.ports)
  if (!plans.ok) return session.fail(plans.problem)
  const waiting = plans.value.filter(({ status }) => ['proposed', 'waiting_for_human', 'approved'].includes(status))
  const [newest] = waiting
  if (newest === undefined) session.say('No plan waits for a decision.')
  else {
    session.say(planListText(waiting, session.text()))
    session.remark(`next: ${session.ports.command} approve ${newest.plan.id}`)
  }
  return exitCode('done')
}

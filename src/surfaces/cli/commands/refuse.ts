import type { Command } from 'commander'
import { refusePlan } from '../../../app/operator/refuse.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

export function addRefuse(program: Command, cli: Cli): void {
  const command = program
    .command('refuse')
    .summary('say no to a plan, for good')
    .description('Refuses a plan. That is final for this plan; it also takes back a yes that was not used yet.')
    .argument('[PLAN]', 'the plan (default: the newest)')
    .action((plan: string | undefined) => cli.run(command, (session) => refuse(plan, session)))
}

async function refuse(typed: string | undefined, session: Session): Promise<number> {
  const id = await chosenId('plan', typed, session)
  if (!id.ok) return session.fail(id.problem)
  const refused = await refusePlan(id.value, session.ports)
  if (!refused.ok) return session.fail(refused.problem)
  session.say(`Plan ${refused.value.plan.id} is refused. Nothing was changed, and it can no longer be approved.`)
  return exitCode('done')
}

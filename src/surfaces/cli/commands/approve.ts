import type { Command } from 'commander'
import type { PlanView } from '../../../app/common/load.ts'
import { approveAtTerminal } from '../../../app/operator/approve.ts'
import { spanText } from '../../render/span-text.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { exitCode } from '../exit-codes.ts'
import type { Session } from '../session.ts'

export function addApprove(program: Command, cli: Cli): void {
  const command = program
    .command('approve')
    .summary('read a plan and say yes to it')
    .description('Shows a plan and takes your answer: words that only its text tells. Needs an interactive terminal.')
    .argument('[PLAN]', 'the plan (default: the newest)')
    .addHelpText('after', examples(['krr-mcp approve p-7k3m', 'then the assistant, or krr-mcp apply, can go on']))
    .action((plan: string | undefined) => cli.run(command, (session) => approve(plan, session)))
}

async function approve(typed: string | undefined, session: Session): Promise<number> {
  const id = await chosenId('plan', typed, session)
  if (!id.ok) return session.fail(id.problem)
  const approved = await approveAtTerminal(id.value, { person: session.deps.person }, session.ports)
  if (!approved.ok) return session.fail(approved.problem)
  sayApproved(approved.value, session)
  return exitCode('done')
}

function sayApproved({ plan, state: { phase } }: PlanView, session: Session): void {
  const left = phase.kind === 'approved' ? phase.decidedAt.wall + phase.approvedFor - session.text().now : 0
  session.say(`Plan ${plan.id} is approved for another ${spanText(left)}. Nothing has been changed yet.`)
  session.remark(`next: leave it to the assistant, or: ${session.ports.command} apply ${plan.id}`)
}

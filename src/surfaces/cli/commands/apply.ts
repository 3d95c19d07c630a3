import type { Command } from 'commander'
import { dryRunPlan } from '../../../app/operator/dry-run.ts'
import { blocks } from '../../../model/plan.ts'
import { checkLines } from '../../render/check-lines.ts'
import { planText } from '../../render/plan-text.ts'
import { applyPlan } from '../apply-plan.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { exitCode } from '../exit-codes.ts'
import { inCommands } from '../in-commands.ts'
import { nextOfPlan } from '../next-of-plan.ts'
import type { Session } from '../session.ts'

interface ApplyFlags {
  readonly watch: boolean
  readonly dryRun?: boolean
}

const EXAMPLES = examples(
  ['krr-mcp apply p-7k3m', 'read it, type the answer, watch it'],
  ['krr-mcp apply --dry-run', 'only ask the API server what it would say'],
)

export function addApply(program: Command, cli: Cli): void {
  const command = program
    .command('apply')
    .summary('approve a plan if it is not yet, carry it out and watch')
    .description('Shows the plan, takes the typed approval that it needs, starts it and watches until it has ended.')
    .argument('[PLAN]', 'the plan (default: the newest)')
    .option('--dry-run', 'only look: the API server tries each request, nothing is kept, no approval is used')
    .option('--no-watch', 'start it and return')
    .addHelpText('after', EXAMPLES)
    .action((plan: string | undefined, flags: ApplyFlags) => cli.run(command, (session) => apply(plan, flags, session)))
}

async function apply(typed: string | undefined, flags: ApplyFlags, session: Session): Promise<number> {
  const id = await chosenId('plan', typed, session)
  if (!id.ok) return session.fail(id.problem)
  return flags.dryRun === true ? dryRun(id.value, session) : applyPlan(id.value, session, flags)
}

async function dryRun(id: string, session: Session): Promise<number> {
  const looked = await dryRunPlan(id, session.ports)
  if (!looked.ok) return session.fail(looked.problem)
  const { view, checks } = looked.value
  const tried = ['', 'Tried again just now, nothing was kept:', ...checkLines(checks)].join('\n')
  session.say(inCommands(`${planText(view, session.text())}\n${tried}`))
  session.remark(nextOfPlan(view, session.ports.command))
  return exitCode(checks.some(blocks) ? 'blocked' : 'done')
}

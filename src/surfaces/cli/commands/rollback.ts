import type { Command } from 'commander'
import { planRollback } from '../../../app/agent/rollback.ts'
import { applyPlan } from '../apply-plan.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import type { Session } from '../session.ts'
import { showPlan } from '../show-plan.ts'

interface RollbackFlags {
  readonly apply?: boolean
  readonly json?: boolean
}

const EXAMPLES = examples(
  ['krr-mcp rollback x-7k3m', 'make the reverse plan and look at it'],
  ['krr-mcp rollback --apply', 'of the newest execution, then approve and apply it'],
)

export function addRollback(program: Command, cli: Cli): void {
  const command = program
    .command('rollback')
    .summary('put back what an execution changed')
    .description('Makes a plan that restores the values of before. It is shown, and needs a decision of its own.')
    .argument('[EXECUTION]', 'the execution (default: the newest)')
    .option('--apply', 'go on with it at once: it asks you first')
    .option('--json', 'the plan as JSON')
    .addHelpText('after', EXAMPLES)
    .action((id: string | undefined, flags: RollbackFlags) =>
      cli.run(command, (session) => rollback(id, flags, session)),
    )
}

async function rollback(
  typed: string | undefined,
  { apply = false, json = false }: RollbackFlags,
  session: Session,
): Promise<number> {
  const id = await chosenId('execution', typed, session)
  if (!id.ok) return session.fail(id.problem)
  const plan = await planRollback(id.value, session.ports)
  if (!plan.ok) return session.fail(plan.problem)
  // A plan that is about to be asked about is shown by the question itself.
  if (apply && plan.value.status !== 'blocked') return applyPlan(plan.value.plan.id, session, { watch: true })
  return showPlan(plan.value, session, { json })
}

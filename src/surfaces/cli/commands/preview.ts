import type { Command } from 'commander'
import { previewChanges } from '../../../app/agent/preview.ts'
import { chosenId } from '../chosen-id.ts'
import type { Cli } from '../cli.ts'
import { examples } from '../examples.ts'
import { argument } from '../parse/argument.ts'
import { FIELDS, parseFields, type Field } from '../parse/parse-fields.ts'
import { parseRows } from '../parse/parse-rows.ts'
import type { Session } from '../session.ts'
import { showPlan } from '../show-plan.ts'

interface PreviewFlags {
  readonly scan?: string
  readonly rows: readonly number[]
  readonly only?: readonly Field[]
  readonly json?: boolean
}

const EXAMPLES = examples(
  ['krr-mcp preview --rows 3', 'one row of the newest scan'],
  ['krr-mcp preview --rows 1,3-5 --only memory_requests', 'four rows, one field each'],
)

export function addPreview(program: Command, cli: Cli): void {
  const command = program
    .command('preview')
    .summary('make a plan of chosen rows')
    .description('Turns chosen rows into a plan that the API server has tried. Limits stay unless you name them.')
    .option('--scan <ID>', 'the scan (default: the newest)')
    .requiredOption('--rows <ROWS>', 'rows by number, e.g. 1,3-5', argument(parseRows))
    .option('--only <FIELDS>', `of ${FIELDS.join(', ')} (default: the requests)`, argument(parseFields))
    .option('--json', 'the plan as JSON')
    .addHelpText('after', EXAMPLES)
    .action((flags: PreviewFlags) => cli.run(command, (session) => preview(flags, session)))
}

async function preview({ rows, only, json = false, ...flags }: PreviewFlags, session: Session): Promise<number> {
  const scan = await chosenId('scan', flags.scan, session)
  if (!scan.ok) return session.fail(scan.problem)
  const plan = await previewChanges({ scan: scan.value, rows, ...(only ? { only } : {}) }, session.ports)
  return plan.ok ? showPlan(plan.value, session, { json }) : session.fail(plan.problem)
}
